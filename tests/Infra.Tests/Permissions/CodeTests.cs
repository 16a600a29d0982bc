using System.Text.RegularExpressions;
using Waybill.Infra.Deployment;
using Waybill.Infra.Services;
using Waybill.Infra.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.Infra.Tests.Permissions;

/// <summary>Rules out code that calls what its role does not allow, which would be found in production, and permissions that no code needs.</summary>
[Collection(DeployedCollection.Name)]
public sealed partial class CodeTests
{
    [Fact]
    public void The_status_service_may_do_what_its_store_calls_and_nothing_else()
    {
        var called = Calls("src/StatusService", DynamoDbCall());
        var allowed = Allowed(permissions => permissions.OfStatus, "dynamodb:");

        Assert.Equal(called.Order(), allowed.Order());
    }

    [Theory]
    [InlineData("src/IntakeService")]
    [InlineData("src/DeliveryWorker")]
    [InlineData("src/Hosting")]
    [InlineData("src/Notifications")]
    [InlineData("src/Contracts")]
    public void Nobody_else_calls_the_table(string folder) => Assert.Empty(Calls(folder, DynamoDbCall()));

    [Fact]
    public void Of_queues_the_services_call_themselves_what_intake_may()
    {
        var called = Calls("src", SqsCall());
        Assert.Subset(Allowed(permissions => permissions.OfIntake, "sqs:").ToHashSet(), called.ToHashSet());
    }

    private static IEnumerable<string> Calls(string folder, Regex call) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => call.Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .Distinct();

    private static IEnumerable<string> Allowed(Func<TaskPermissions, IReadOnlyList<Infra.Permissions.Permission>> of, string service)
    {
        var settings = Settings.Read(new Amazon.CDK.App().Node);

        return of(new TaskPermissions(new FixedNames(settings), "key"))
            .SelectMany(permission => permission.Actions)
            .Where(action => action.StartsWith(service, StringComparison.Ordinal))
            .Select(action => action[service.Length..])
            .Distinct();
    }

    [GeneratedRegex(@"\.((?:Batch|Transact)?(?:Get|Write|Put|Update|Delete)Items?|Query|Scan)Async\(")]
    private static partial Regex DynamoDbCall();

    [GeneratedRegex(@"sqs\.([A-Z]\w+)Async\(")]
    private static partial Regex SqsCall();
}
