using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Hosting;

/// <summary>What AddWaybill puts into an AppHost's model, from a clone and from images; nothing is started.</summary>
public sealed class ModelTests
{
    private static readonly string[] Services = ["waybill-status", "waybill-intake", "waybill-worker"];

    [Fact]
    public async Task A_reference_gives_the_settings_of_the_client()
    {
        var builder = NewBuilder();
        var waybill = builder.AddWaybill("waybill", options => options.Clone = Repository.Root);
        var shop = builder.AddExecutable("shop", "dotnet", ".").WithReference(waybill);

        var settings = await SettingsAsync(shop.Resource);

        Assert.Equal("{waybill-intake.bindings.http.url}", settings["Waybill__IntakeUrl"]);
        Assert.Equal("{waybill-status.bindings.http.url}", settings["Waybill__StatusUrl"]);
        Assert.Equal("{waybill-apikey.value}", settings["Waybill__ApiKey"]);
    }

    [Fact]
    public void From_a_clone_its_services_are_programs_that_wait_for_its_build()
    {
        var builder = NewBuilder();
        var waybill = builder.AddWaybill("waybill", options => options.Clone = Repository.Root);

        foreach (var service in Services.Append("waybill-aws").Select(name => builder.Resources.OfType<ExecutableResource>().Single(resource => resource.Name == name)))
        {
            Assert.Contains(service.Annotations.OfType<WaitAnnotation>(), wait => wait.Resource.Name == "waybill-build" && wait.WaitType == WaitType.WaitForCompletion);
            Assert.Contains(service.Annotations.OfType<ResourceRelationshipAnnotation>(), relation => relation.Resource == waybill.Resource && relation.Type == "Parent");
            Assert.Single(service.Annotations.OfType<HealthCheckAnnotation>());
        }

        Assert.Empty(builder.Resources.OfType<ContainerResource>());
    }

    [Fact]
    public async Task From_images_its_services_are_containers_with_the_tag_of_the_package()
    {
        var builder = NewBuilder();
        builder.AddWaybill("waybill", options => options.Registry = "registry.example.com");

        foreach (var name in Services)
        {
            var service = builder.Resources.OfType<ContainerResource>().Single(resource => resource.Name == name);
            var image = service.Annotations.OfType<ContainerImageAnnotation>().Single();

            Assert.Equal($"registry.example.com/{name.Replace('-', '/')}", $"{image.Registry}/{image.Image}");
            Assert.Matches(@"^\d+\.\d+\.\d+$", image.Tag);
            Assert.Contains(service.Annotations.OfType<WaitAnnotation>(), wait => wait.Resource.Name == "waybill-provision" && wait.WaitType == WaitType.WaitForCompletion);
        }

        var status = await SettingsAsync(builder.Resources.OfType<ContainerResource>().Single(resource => resource.Name == "waybill-status"));
        Assert.Equal("{waybill-aws.bindings.http.url}", status["AWS_ENDPOINT_URL_DYNAMODB"]);
        Assert.Equal("8081", status["InternalApi__Port"]);
    }

    [Fact]
    public async Task Keys_are_those_of_the_configuration_where_it_has_some()
    {
        var builder = NewBuilder();
        builder.Configuration["Parameters:waybill-apikey"] = "given";
        var waybill = builder.AddWaybill("waybill", options => options.Clone = Repository.Root);

        Assert.Equal("given", await waybill.Resource.ApiKey.GetValueAsync(CancellationToken.None));
        Assert.StartsWith("whsec_", await waybill.Resource.SigningSecret.GetValueAsync(CancellationToken.None), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_of_them_do_not_get_in_each_others_way()
    {
        var builder = NewBuilder();
        builder.AddWaybill("one", options => options.Clone = Repository.Root);
        builder.AddWaybill("two", options => options.Clone = Repository.Root);

        Assert.Equal(builder.Resources.Count, builder.Resources.Select(resource => resource.Name).Distinct().Count());
    }

    [Fact]
    public void A_folder_that_is_no_clone_is_named()
    {
        var builder = NewBuilder();
        var thrown = Assert.Throws<DistributedApplicationException>(() => builder.AddWaybill("waybill", options => options.Clone = Path.GetTempPath()));

        Assert.Contains($"{Path.GetTempPath().TrimEnd('/')}", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("is no clone of Waybill", thrown.Message, StringComparison.Ordinal);
    }

    private static IDistributedApplicationBuilder NewBuilder() => DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true, AssemblyName = "AppHost" });

    /// <summary>As a manifest has them: references by name, as nothing runs.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> SettingsAsync(IResourceWithEnvironment resource) =>
#pragma warning disable CS0618 // The way that is to replace it needs services of an application that is built.
        await resource.GetEnvironmentVariableValuesAsync(DistributedApplicationOperation.Publish);
#pragma warning restore CS0618
}
