using System.Net.Http.Json;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SampleLibrary;
using StandIns.Aspire.Tests.Support;

namespace StandIns.Aspire.Tests;

public sealed class TestingBuilderTests
{
    [Fact]
    public async Task AppHost_runs_in_a_test_with_random_ports_and_its_launch_profile()
    {
        using var deadline = new CancellationTokenSource(TestApp.Patience);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SampleAppHost>(deadline.Token);
        Assert.True(builder.Environment.IsDevelopment());

        await using var app = await builder.BuildAsync(deadline.Token);
        await app.StartAsync(deadline.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync(ResourceNames.Front, deadline.Token);

        using var api = app.CreateHttpClient(ResourceNames.Api);
        var environment = await api.GetFromJsonAsync<Dictionary<string, string>>("/environment", deadline.Token);
        var arguments = await api.GetFromJsonAsync<string[]>("/arguments", deadline.Token);

        Assert.Equal("eu-central-1", environment!["REGION"]);
        Assert.Equal("<s3cr3t>", environment["SECRET"]);
        Assert.Equal(app.GetEndpoint(ResourceNames.Store, "http"), new Uri(environment["services__store__http__0"]));
        Assert.Equal(["--first", "1"], arguments!);
        Assert.NotEqual(15_271, app.GetEndpoint(ResourceNames.Store).Port);
    }

    [Fact]
    public async Task Arguments_reach_the_AppHost()
    {
        using var deadline = new CancellationTokenSource(TestApp.Patience);
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SampleAppHost>(
            ["--SetupExitCode=4", "--Parameters:region=us-east-1"],
            deadline.Token);

        var app = await builder.BuildAsync(deadline.Token);
        await app.StartAsync(deadline.Token);

        var setup = await app.ResourceNotifications.WaitForResourceAsync(
            ResourceNames.Setup,
            update => update.Snapshot.ExitCode is not null,
            deadline.Token);
        Assert.Equal(4, setup.Snapshot.ExitCode);
        Assert.Equal("us-east-1", builder.Configuration["Parameters:region"]);
    }

    [Fact]
    public async Task Test_may_change_the_model_before_it_is_built()
    {
        using var deadline = new CancellationTokenSource(TestApp.Patience);
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SampleAppHost>(deadline.Token);
        builder.AddServer("added");

        var app = await builder.BuildAsync(deadline.Token);
        await app.StartAsync(deadline.Token);

        await app.ResourceNotifications.WaitForResourceHealthyAsync("added", deadline.Token);
    }

    [Fact]
    public async Task Failure_in_the_AppHosts_Main_is_the_tests_to_see()
    {
        using var deadline = new CancellationTokenSource(TestApp.Patience);

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            DistributedApplicationTestingBuilder.CreateAsync<Projects.SampleAppHost>(["--ApiPort=not-a-number"], deadline.Token));
    }

    [Fact]
    public async Task Unknown_resource_and_endpoint_are_told()
    {
        using var deadline = new CancellationTokenSource(TestApp.Patience);
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SampleAppHost>(deadline.Token);
        var app = await builder.BuildAsync(deadline.Token);

        Assert.Throws<ArgumentException>(() => app.GetEndpoint("unknown"));
        Assert.Throws<ArgumentException>(() => app.GetEndpoint(ResourceNames.Api, "unknown"));
        Assert.Throws<InvalidOperationException>(() => app.GetEndpoint(ResourceNames.Api));
        Assert.NotNull(app.Services.GetRequiredService<ResourceLoggerService>());
    }
}
