using StandIns.Aspire.Tests.Support;

namespace StandIns.Aspire.Tests;

public sealed class ShutdownTests
{
    [Fact]
    public async Task Dependents_end_before_what_they_wait_for_and_can_still_reach_it()
    {
        await using var app = await TestApp.StartAsync(builder =>
        {
            var store = builder.AddServer("store");
            var service = builder.AddServer("service").WaitFor(store).WithEnvironment("DRAIN_URL", store.GetEndpoint("http"));
            builder.AddServer("front").WaitFor(service).WithEnvironment("DRAIN_URL", service.GetEndpoint("http"));
        });

        await app.HealthyAsync("front");
        await app.Application.StopAsync(app.Deadline);

        Assert.Contains("while draining: 200", await app.OutputAsync("front"));
        Assert.Contains("while draining: 200", await app.OutputAsync("service"));

        var ends = new[] { "front", "service", "store" }.Select(name => Ended(app, name).Snapshot.StopTimeStamp).ToList();
        Assert.Equal(ends.Order(), ends);
    }

    [Fact]
    public async Task Resource_that_still_waits_at_shutdown_has_not_failed()
    {
        await using var app = await TestApp.StartAsync(builder =>
        {
            var slow = builder.AddServer("slow", unhealthyMilliseconds: 600_000);
            builder.AddServer("waiting").WaitFor(slow);
        });

        await app.StateAsync("slow", "Running");
        await app.StateAsync("waiting", "Waiting");
        await app.Application.StopAsync(app.Deadline);

        Assert.DoesNotContain("Error: Resource", app.Log, StringComparison.Ordinal);
        Assert.True(app.Notifications.TryGetCurrentState(ResourceIds.Of(app, "waiting"), out var waiting));
        Assert.Equal("NotStarted", waiting.Snapshot.State?.Text);
    }

    [Fact]
    public async Task What_a_resource_has_started_ends_with_it()
    {
        await using var app = await TestApp.StartAsync(builder => builder.AddServer("server"));

        var server = await app.HealthyAsync("server");
        var child = await ServerAnswer.ChildAsync(server, app.Deadline);
        Assert.True(Processes.Exist(child));

        await app.Application.StopAsync(app.Deadline);

        await Processes.GoneAsync([child], app.Deadline);
    }

    [Fact]
    public async Task What_a_resource_leaves_behind_at_its_own_end_is_ended_too()
    {
        const string LeavesSleep = "console.log(require('child_process').spawn('sleep', ['600'], { stdio: 'ignore' }).pid); process.exit(0);";
        await using var app = await TestApp.StartAsync(builder => builder.AddExecutable("leaver", "node", ".", "-e", LeavesSleep));

        await app.StateAsync("leaver", "Finished");

        var child = int.Parse((await app.OutputAsync("leaver")).Single(), System.Globalization.CultureInfo.InvariantCulture);
        await Processes.GoneAsync([child], app.Deadline);
    }

    private static ResourceEvent Ended(TestApp app, string name)
    {
        Assert.True(app.Notifications.TryGetCurrentState(ResourceIds.Of(app, name), out var update));
        Assert.Equal("Finished", update.Snapshot.State?.Text);
        return update;
    }
}
