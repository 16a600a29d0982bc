using System.Net;
using System.Net.Sockets;
using StandIns.Aspire.Tests.Support;

namespace StandIns.Aspire.Tests;

public sealed class EndpointTests
{
    [Fact]
    public async Task Fixed_port_is_used_outside_tests()
    {
        var port = FreePort.Next();
        await using var app = await TestApp.StartAsync(
            builder => builder.AddServer("server", port: port),
            options => options.Args = []);

        var server = await app.HealthyAsync("server");

        Assert.Equal($"http://localhost:{port}", server.Snapshot.Urls.Single().Url);
    }

    [Fact]
    public async Task Fixed_port_is_replaced_where_ports_are_random_unless_it_is_not_proxied()
    {
        var kept = FreePort.Next();
        var replaced = FreePort.Next();

        await using var app = await TestApp.StartAsync(builder =>
        {
            builder.AddServer("kept", port: kept, isProxied: false);
            builder.AddServer("replaced", port: replaced);
            builder.AddServer("target", targetPort: FreePort.Next());
        });

        Assert.Equal(kept, Endpoint(app, "kept").Port);
        Assert.NotEqual(replaced, Endpoint(app, "replaced").Port);
        Assert.Equal(Endpoint(app, "target").EndpointAnnotation.TargetPort, Endpoint(app, "target").Port);
    }

    [Fact]
    public async Task Port_in_use_is_told_with_resource_and_endpoint_before_anything_starts()
    {
        using var occupant = new TcpListener(IPAddress.Loopback, 0);
        occupant.Start();
        var port = ((IPEndPoint)occupant.LocalEndpoint).Port;
        var marker = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.started");

        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() => TestApp.StartAsync(
            builder =>
            {
                builder.AddExecutable("other", "touch", ".", marker);
                builder.AddServer("server", port: port);
            },
            options => options.Args = []));

        Assert.Contains($"Port {port} for the endpoint 'http' of resource 'server'", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(marker));
    }

    [Fact]
    public async Task Port_that_two_endpoints_ask_for_is_refused()
    {
        var port = FreePort.Next();

        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() => TestApp.StartAsync(
            builder =>
            {
                builder.AddServer("one", port: port);
                builder.AddServer("two", port: port);
            },
            options => options.Args = []));

        Assert.Contains("'one'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("'two'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_and_target_port_that_differ_are_refused()
    {
        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => TestApp.StartAsync(builder => builder.AddServer("server", port: 15_001, targetPort: 15_002)));

        Assert.Contains("no proxy", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Https_endpoint_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => TestApp.StartAsync(builder => builder.AddServer("server").WithEndpoint(scheme: "https")));

        Assert.Contains("https", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Http_health_check_needs_its_endpoint_to_be_there_already()
    {
        var builder = DistributedApplication.CreateBuilder([]);
        var server = builder.AddExecutable("server", "node", ".");

        Assert.Throws<DistributedApplicationException>(() => server.WithHttpHealthCheck("/health"));
    }

    [Fact]
    public void Endpoint_that_is_there_is_changed_and_not_added_again()
    {
        var builder = DistributedApplication.CreateBuilder([]);
        var server = builder.AddExecutable("server", "node", ".").WithHttpEndpoint(port: 15_001).WithHttpEndpoint(port: 15_002);

        Assert.Equal(15_002, Assert.Single(server.Resource.Annotations.OfType<EndpointAnnotation>()).Port);
    }

    [Fact]
    public void Port_is_not_known_before_the_start()
    {
        var builder = DistributedApplication.CreateBuilder([]);
        var endpoint = builder.AddExecutable("server", "node", ".").WithHttpEndpoint().GetEndpoint("http");

        Assert.Throws<InvalidOperationException>(() => endpoint.Port);
    }

    [Fact]
    public async Task Link_is_shown_as_the_model_says()
    {
        await using var app = await TestApp.StartAsync(builder => builder
            .AddServer("server")
            .WithUrlForEndpoint("http", url => url.DisplayText = "Front door")
            .WithUrlForEndpoint("http", _ => new ResourceUrlAnnotation { Url = "/docs", DisplayText = "Docs" }));

        var urls = (await app.HealthyAsync("server")).Snapshot.Urls;

        Assert.Equal(["Front door", "Docs"], urls.Select(url => url.DisplayProperties.DisplayName));
        Assert.EndsWith("/docs", urls[1].Url, StringComparison.Ordinal);
    }

    private static EndpointReference Endpoint(TestApp app, string resource) => new((IResourceWithEndpoints)app.Find(resource), "http");
}
