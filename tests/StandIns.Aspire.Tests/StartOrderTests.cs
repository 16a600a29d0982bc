using System.Diagnostics;
using StandIns.Aspire.Tests.Support;

namespace StandIns.Aspire.Tests;

public sealed class StartOrderTests
{
    [Fact]
    public async Task Resource_starts_once_what_it_waits_for_is_healthy()
    {
        await using var app = await TestApp.StartAsync(builder =>
        {
            var first = builder.AddServer("first", unhealthyMilliseconds: 700);
            builder.AddServer("second").WaitFor(first);
        });

        var firstHealthy = await app.HealthyAsync("first");
        var second = await app.HealthyAsync("second");

        Assert.True(second.Snapshot.StartTimeStamp >= firstHealthy.Snapshot.HealthReports.Single().LastRunAt);
        Assert.True(second.Snapshot.StartTimeStamp - firstHealthy.Snapshot.StartTimeStamp >= TimeSpan.FromMilliseconds(600));
    }

    [Fact]
    public async Task Resource_that_waits_for_the_start_alone_does_not_wait_for_health()
    {
        await using var app = await TestApp.StartAsync(builder =>
        {
            var first = builder.AddServer("first", unhealthyMilliseconds: 600_000);
            builder.AddServer("second").WaitForStart(first);
        });

        await app.HealthyAsync("second");

        Assert.True(app.Notifications.TryGetCurrentState((await app.StateAsync("first", "Running")).ResourceId, out var first));
        Assert.Equal(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy, first.Snapshot.HealthStatus);
    }

    [Fact]
    public async Task Resource_starts_once_what_it_waits_for_has_completed()
    {
        await using var app = await TestApp.StartAsync(builder =>
        {
            var setup = builder.AddOneShot("setup", exitCode: 3);
            builder.AddServer("server").WaitForCompletion(setup, exitCode: 3);
        });

        var server = await app.HealthyAsync("server");
        var setup = await app.StateAsync("setup", "Finished");

        Assert.Equal(3, setup.Snapshot.ExitCode);
        Assert.True(server.Snapshot.StartTimeStamp >= setup.Snapshot.StopTimeStamp);
    }

    [Fact]
    public async Task Resource_fails_to_start_when_what_it_waits_for_completes_with_another_exit_code()
    {
        await using var app = await TestApp.StartAsync(builder =>
        {
            var setup = builder.AddOneShot("setup", exitCode: 1);
            builder.AddServer("server").WaitForCompletion(setup);
        });

        await app.StateAsync("server", "FailedToStart");

        Assert.Contains("'server' stopped waiting for 'setup'", app.Log, StringComparison.Ordinal);
        Assert.Contains("exit code 1", app.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resource_fails_to_start_when_what_it_waits_for_ends_before_it_is_healthy()
    {
        await using var app = await TestApp.StartAsync(builder =>
        {
            var broken = builder.AddOneShot("broken", exitCode: 1).WithHttpEndpoint().WithHttpHealthCheck("/health");
            builder.AddServer("server").WaitFor(broken, WaitBehavior.StopOnResourceUnavailable);
        });

        await app.StateAsync("server", "FailedToStart");
    }

    [Fact]
    public async Task Six_resources_in_a_row_are_up_in_seconds()
    {
        var watch = Stopwatch.StartNew();

        await using var app = await TestApp.StartAsync(builder =>
        {
            IResourceBuilder<ExecutableResource>? previous = null;

            for (var number = 1; number <= 6; number++)
            {
                var server = builder.AddServer($"server-{number}");
                previous = previous is null ? server : server.WaitFor(previous);
            }
        });

        await app.HealthyAsync("server-6");

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Resources_that_wait_for_each_other_are_refused()
    {
        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() => TestApp.StartAsync(builder =>
        {
            var first = builder.AddServer("first");
            var second = builder.AddServer("second").WaitFor(first);
            first.WaitFor(second);
        }));

        Assert.Contains("'first' waits for 'second' waits for 'first'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_check_that_nobody_registered_counts_as_unhealthy()
    {
        await using var app = await TestApp.StartAsync(builder => builder.AddServer("server").WithHealthCheck("unknown"));

        var server = await app.Notifications.WaitForResourceAsync(
            "server",
            update => update.Snapshot.HealthReports.Any(report => report is { Name: "unknown", Description: not null }),
            app.Deadline);

        Assert.Equal(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy, server.Snapshot.HealthStatus);
    }
}
