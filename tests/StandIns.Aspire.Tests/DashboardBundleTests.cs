using StandIns.Aspire.Tests.Support;

namespace StandIns.Aspire.Tests;

public sealed class DashboardBundleTests
{
    [Theory]
    [InlineData("node_modules")]
    [InlineData("local/node_modules")]
    public async Task Package_is_found_above_the_AppHost_and_unpacked_once_by_two_that_start_at_once(string place)
    {
        using var folder = new PackageFolder(place);
        var dashboards = new[] { new DashboardArguments(IsAnonymous: true), new DashboardArguments(IsAnonymous: true) };

        var apps = await Task.WhenAll(dashboards.Select(dashboard => StartAsync(folder, dashboard)));

        foreach (var (app, dashboard) in apps.Zip(dashboards))
        {
            Assert.Contains($"Now listening on: {dashboard.Url.OriginalString}", app.Log, StringComparison.Ordinal);
            await app.DisposeAsync();
        }

        Assert.Equal(1, folder.Unpackings);
    }

    [Fact]
    public async Task New_version_of_the_package_is_unpacked_again()
    {
        using var folder = new PackageFolder("node_modules");

        await (await StartAsync(folder, new DashboardArguments(IsAnonymous: true))).DisposeAsync();
        folder.Version = "2.0.0";
        await (await StartAsync(folder, new DashboardArguments(IsAnonymous: true))).DisposeAsync();

        Assert.Equal(2, folder.Unpackings);
    }

    [Fact]
    public async Task Application_runs_without_a_dashboard_where_the_package_is_not_installed()
    {
        using var folder = new PackageFolder("elsewhere");

        await using var app = await StartAsync(folder, new DashboardArguments(IsAnonymous: true), builder => builder.AddServer("server"));

        await app.HealthyAsync("server");
        Assert.Contains("@microsoft/aspire-cli-", app.Log, StringComparison.Ordinal);
    }

    private static Task<TestApp> StartAsync(
        PackageFolder folder,
        DashboardArguments dashboard,
        Action<IDistributedApplicationBuilder>? model = null) =>
        TestApp.StartAsync(model ?? (_ => { }), options =>
        {
            dashboard.Apply(options);
            options.ProjectDirectory = folder.AppHostDirectory;

            // An empty path says as much as none, and wins over one in the environment of this test.
            options.Args = [.. options.Args!, "--ASPIRE_DASHBOARD_PATH="];
        });
}
