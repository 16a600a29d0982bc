using Amazon.SimpleNotificationService;
using MassTransit;
using Waybill.StandIns.Messaging.Tests.Support;

namespace Waybill.StandIns.Messaging.Tests.PublicApi;

/// <summary>
/// A stand-in may have less than its package, never more: code that compiles here has to compile there. Each list holds members of
/// the published version; add to it only what the package's own sources show. Run with the published packages, the same lists are
/// checked against them.
/// </summary>
public sealed class PublicApiTests
{
    public static TheoryData<Type, string> Assemblies => new()
    {
        { typeof(AmazonSimpleNotificationServiceConfig), "AWSSDK.SimpleNotificationService" },
        { typeof(IAmazonSqsBusFactoryConfigurator), "MassTransit.AmazonSqsTransport" },
    };

    [StandInTheory]
    [MemberData(nameof(Assemblies))]
    public void Every_public_member_is_one_of_the_published_package(Type type, string assemblyName)
        => Assert.Equal([], PublicMembers.Of(type.Assembly).Except(Published(assemblyName)));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Every_member_of_the_list_is_there(Type type, string assemblyName)
        => Assert.Equal([], Published(assemblyName).Except(PublicMembers.Of(type.Assembly)));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void The_assembly_has_the_published_name(Type type, string assemblyName)
        => Assert.Equal(assemblyName, type.Assembly.GetName().Name);

    /// <summary>Annotations would make the compiler warn where it does not with the published package, and the reverse.</summary>
    [Fact]
    public void The_SNS_configuration_says_nothing_about_null()
        => Assert.DoesNotContain(
            typeof(AmazonSimpleNotificationServiceConfig).CustomAttributes,
            attribute => attribute.AttributeType.Name.StartsWith("Nullable", StringComparison.Ordinal));

    private static string[] Published(string assemblyName)
        => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "PublicApi", $"{assemblyName}.public-api.txt"));
}
