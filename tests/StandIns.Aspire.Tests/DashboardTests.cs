using System.Net;
using System.Net.Sockets;
using StandIns.Aspire.Tests.Support;

namespace StandIns.Aspire.Tests;

public sealed class DashboardTests
{
    [Fact]
    public async Task Dashboard_hears_of_resources_with_state_health_links_and_relationships()
    {
        await using var dashboard = await FakeDashboard.StartAsync(builder =>
        {
            var store = builder.AddServer("the-store");
            builder.AddServer("server")
                .WithReference(store.GetEndpoint("http"))
                .WithParentRelationship(store)
                .WithUrlForEndpoint("http", url => url.DisplayText = "Front door");
        });

        await dashboard.App.HealthyAsync("server");

        await dashboard.HearsAsync(
            "/resources",
            ResourceIds.Of(dashboard.App, "server"),
            "Front door",
            "Running",
            "server_http_/health_200_check",
            "Reference",
            "resource.parentName",
            ResourceIds.Of(dashboard.App, "the-store"));
    }

    [Fact]
    public async Task Dashboard_shows_what_a_resource_prints()
    {
        await using var dashboard = await FakeDashboard.StartAsync(builder => builder.AddServer("server"));

        await dashboard.App.HealthyAsync("server");

        await dashboard.HearsAsync($"/logs/{ResourceIds.Of(dashboard.App, "server")}", "listens on ");
    }

    [Fact]
    public async Task Resource_is_stopped_started_and_restarted_on_the_same_port()
    {
        await using var dashboard = await FakeDashboard.StartAsync(builder => builder.AddServer("server"));
        var first = await dashboard.App.HealthyAsync("server");

        await dashboard.ExecuteAsync("server", "stop");
        await dashboard.App.StateAsync("server", "Finished");
        await dashboard.ExecuteAsync("server", "start");
        var second = await dashboard.App.HealthyAsync("server");

        await dashboard.ExecuteAsync("server", "restart");
        var third = await dashboard.App.HealthyAsync("server");

        Assert.Single(new[] { first, second, third }.Select(run => run.Snapshot.Urls.Single().Url).Distinct());
        Assert.Equal(3, new[] { first, second, third }.Select(run => run.Snapshot.StartTimeStamp).Distinct().Count());
    }

    [Fact]
    public async Task Resource_with_explicit_start_is_started_from_the_dashboard()
    {
        await using var dashboard = await FakeDashboard.StartAsync(builder => builder.AddServer("server").WithExplicitStart());
        await dashboard.App.StateAsync("server", "NotStarted");

        await dashboard.ExecuteAsync("server", "start");

        await dashboard.App.HealthyAsync("server");
    }

    [Fact]
    public async Task Login_address_is_told_unless_anyone_may_use_the_dashboard()
    {
        await using var closed = await FakeDashboard.StartAsync(_ => { });
        Assert.Contains($"Now listening on: {closed.Url.OriginalString}", closed.App.Log, StringComparison.Ordinal);
        Assert.Contains($"Login to the dashboard at {closed.Url.OriginalString}/login?t=", closed.App.Log, StringComparison.Ordinal);

        await using var open = await FakeDashboard.StartAsync(_ => { }, isAnonymous: true);
        Assert.DoesNotContain("login", open.App.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_of_the_dashboard_in_use_is_told()
    {
        var dashboard = new DashboardArguments(IsAnonymous: true, DashboardArguments.FakeProgram);
        using var occupant = new TcpListener(IPAddress.Loopback, dashboard.Url.Port);
        occupant.Start();

        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() => TestApp.StartAsync(_ => { }, dashboard.Apply));

        Assert.Contains($"Port {dashboard.Url.Port} for the dashboard (ASPNETCORE_URLS)", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Configured_dashboard_that_does_not_exist_is_told()
    {
        var dashboard = new DashboardArguments(IsAnonymous: true, "/no/such/dashboard");

        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() => TestApp.StartAsync(_ => { }, dashboard.Apply));

        Assert.Contains("/no/such/dashboard", refusal.Message, StringComparison.Ordinal);
    }

    [DashboardFact]
    public async Task Published_dashboard_receives_the_traces_of_a_service()
    {
        var dashboard = new DashboardArguments(IsAnonymous: true);
        await using var app = await TestApp.StartAsync(
            builder => builder.AddProject<Projects.SampleService>("api").WithHttpHealthCheck("/health"),
            dashboard.Apply);

        await app.HealthyAsync("api");

        await Answers.ContainAsync(new Uri(dashboard.Url, "/api/telemetry/resources"), ["\"api\""], app.Deadline);
        await Answers.ContainAsync(new Uri(dashboard.Url, "/api/telemetry/traces"), ["Hosting.HttpRequestIn"], app.Deadline);
    }
}
