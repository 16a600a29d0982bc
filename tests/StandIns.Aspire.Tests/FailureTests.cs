using StandIns.Aspire.Tests.Support;

namespace StandIns.Aspire.Tests;

public sealed class FailureTests
{
    [Fact]
    public async Task Last_lines_of_a_resource_that_ends_with_an_error_are_in_the_log()
    {
        var dashboard = new DashboardArguments(IsAnonymous: true, DashboardArguments.FakeProgram);
        await using var app = await TestApp.StartAsync(builder => builder.AddOneShot("broken", exitCode: 7), dashboard.Apply);

        var broken = await app.StateAsync("broken", "Finished");

        Assert.Equal(7, broken.Snapshot.ExitCode);
        Assert.Contains("Resource 'broken' ended with exit code 7.", app.Log, StringComparison.Ordinal);
        Assert.Contains("it ends with 7", app.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_of_resources_is_in_the_log_where_no_dashboard_shows_it()
    {
        await using var app = await TestApp.StartAsync(builder => builder.AddOneShot("broken", exitCode: 7));

        await app.StateAsync("broken", "Finished");

        Assert.Contains("Error: 1: it ends with 7", app.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-program", ".", "There is no program 'no-such-program'")]
    [InlineData("node", "no/such/directory", "does not exist")]
    public async Task Resource_that_cannot_be_started_says_why(string command, string directory, string problem)
    {
        await using var app = await TestApp.StartAsync(builder => builder.AddExecutable("broken", command, directory));

        await app.StateAsync("broken", "FailedToStart");

        Assert.Contains(problem, app.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failing_callback_fails_its_resource_and_no_other()
    {
        await using var app = await TestApp.StartAsync(builder =>
        {
            builder.AddServer("broken").WithEnvironment(_ => throw new NotSupportedException("not like this"));
            builder.AddServer("other");
        });

        await app.StateAsync("broken", "FailedToStart");
        await app.HealthyAsync("other");

        Assert.Contains("not like this", app.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_for_an_unknown_resource_fails()
    {
        await using var app = await TestApp.StartAsync(builder => builder.AddServer("server"));

        await Assert.ThrowsAsync<DistributedApplicationException>(() => app.HealthyAsync("unknown"));
    }
}
