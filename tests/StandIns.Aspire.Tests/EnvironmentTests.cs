using System.Text.Json;
using System.Text.RegularExpressions;
using StandIns.Aspire.Tests.Support;

namespace StandIns.Aspire.Tests;

/// <summary>
/// Data/aspire-13.5-environment.json is what Aspire 13.5 itself gave to two projects in the same model, less what the stand-in
/// does not claim: connection strings and NODE_EXTRA_CA_CERTS (trust in development certificates).
/// </summary>
public sealed partial class EnvironmentTests
{
    [Fact]
    public async Task Projects_are_given_the_variables_that_the_original_gives()
    {
        var dashboard = new DashboardArguments(IsAnonymous: false, DashboardArguments.FakeProgram);

        await using var app = await TestApp.StartAsync(
            builder =>
            {
                var region = builder.AddParameter("region", "eu-west-1");
                var api = builder.AddProject<Projects.SampleService>("api").WithEnvironment("MY_REGION", region);

                builder.AddProject<Projects.SampleService>("front", options => options.ExcludeLaunchProfile = true)
                    .WithHttpEndpoint(port: 18_400)
                    .WithReference(api);
            },
            dashboard.Apply);

        foreach (var (resource, expected) in Expected())
        {
            var running = await app.StateAsync(resource, "Running");
            var injected = running.Snapshot.EnvironmentVariables.ToDictionary(variable => variable.Name, variable => variable.Value!);

            Assert.Equal(expected.Keys.Order(), injected.Keys.Order());
            Assert.Equal(Comparable(expected), Comparable(injected));
            Assert.Equal(dashboard.OtlpUrl.OriginalString, injected["OTEL_EXPORTER_OTLP_ENDPOINT"]);
            Assert.Equal(running.ResourceId, $"{resource}-{injected["OTEL_RESOURCE_ATTRIBUTES"].Split('=')[1]}");
        }
    }

    [Fact]
    public async Task Process_sees_what_the_model_says_and_nothing_of_the_AppHost_itself()
    {
        await using var app = await TestApp.StartAsync(builder =>
        {
            var store = builder.AddServer("the-store");
            var endpoint = store.GetEndpoint("http");

            builder.AddServer("server")
                .WithReference(endpoint)
                .WithEnvironment("TEXT", "text")
                .WithEnvironment("CALLBACK", () => "called")
                .WithEnvironment("URL", endpoint)
                .WithEnvironment("HOST_AND_PORT", endpoint.Property(EndpointProperty.HostAndPort))
                .WithEnvironment("EXPRESSION", $"<{endpoint.Property(EndpointProperty.IPV4Host)}>")
                .WithEnvironment(context => context.EnvironmentVariables["CONTEXT"] = context.Resource.Name);
        });

        var url = (await app.HealthyAsync("the-store")).Snapshot.Urls[0].Url;
        var environment = await ServerAnswer.EnvironmentAsync(await app.HealthyAsync("server"), app.Deadline);

        Assert.Equal("text", environment["TEXT"]);
        Assert.Equal("called", environment["CALLBACK"]);
        Assert.Equal(url, environment["URL"]);
        Assert.Equal(new Uri(url).Authority, environment["HOST_AND_PORT"]);
        Assert.Equal("<127.0.0.1>", environment["EXPRESSION"]);
        Assert.Equal("server", environment["CONTEXT"]);
        Assert.Equal(url, environment["services__the-store__http__0"]);
        Assert.Equal(url, environment["THE_STORE_HTTP"]);
        Assert.DoesNotContain("ASPNETCORE_URLS", environment.Keys);
    }

    [Fact]
    public async Task Telemetry_is_not_asked_for_where_nobody_listens()
    {
        await using var app = await TestApp.StartAsync(
            builder => builder.AddProject<Projects.SampleService>("api"),
            $"--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://localhost:{FreePort.Next()}");

        var api = await app.StateAsync("api", "Running");

        Assert.DoesNotContain(api.Snapshot.EnvironmentVariables, variable => variable.Name == "OTEL_EXPORTER_OTLP_ENDPOINT");
    }

    /// <summary>Ports, keys and instance ids differ from run to run, but not their form.</summary>
    private static SortedDictionary<string, string> Comparable(IReadOnlyDictionary<string, string> variables) => new(
        variables.ToDictionary(
            variable => variable.Key,
            variable => Keys().Replace(InstanceIds().Replace(Ports().Replace(variable.Value, ":PORT"), "=ID"), "=KEY")),
        StringComparer.Ordinal);

    private static Dictionary<string, Dictionary<string, string>> Expected() =>
        JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(
            File.ReadAllText(Path.Combine(NodeResources.DataDirectory, "aspire-13.5-environment.json")))!;

    [GeneratedRegex(":[0-9]+$")]
    private static partial Regex Ports();

    [GeneratedRegex("(?<=service.instance.id)=[a-z]{8}$")]
    private static partial Regex InstanceIds();

    [GeneratedRegex("(?<=x-otlp-api-key)=[0-9a-f]{32}$")]
    private static partial Regex Keys();
}
