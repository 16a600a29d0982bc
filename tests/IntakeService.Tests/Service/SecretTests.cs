using System.Net;
using Waybill.IntakeService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Service;

/// <summary>Rules out that keys, or what clients hand over, are in what the services print and export, or in what they answer.</summary>
[Collection(IntakeCollection.Name)]
public sealed class SecretTests(IntakeFixture intake)
{
    private const string HeaderValue = "secret-for-the-receiver";
    private const string Payload = "secret-in-the-payload";
    private const string WrongKey = "secret-that-is-no-key";
    private const string QueryValue = "secret-in-the-url";

    private static readonly string[] Secrets = [TestKeys.Alice, TestKeys.Operator, TestKeys.Internal, HeaderValue, Payload, WrongKey, QueryValue];

    [Fact]
    public async Task Secrets_are_not_in_logs_traces_metrics_and_answers()
    {
        await using var sink = await TelemetrySink.StartAsync();
        (string, string)[] settings = [("OTEL_EXPORTER_OTLP_ENDPOINT", sink.Url), ("Logging__LogLevel__Default", "Debug")];
        await using var status = await StatusServiceHost.StartAsync(intake.Setup.Backends, settings);
        await using var replica = await intake.Setup.StartIntakeAsync([.. settings, .. status.ClientEnvironment.Select(setting => (setting.Key, setting.Value))]);
        var alice = new IntakeClient(replica.Url, TestKeys.Alice);

        var accepted = await alice.SubmitAsync(
            $$"""{"url":"http://127.0.0.1:9/hook?token={{QueryValue}}","headers":{"X-Api-Key":"{{HeaderValue}}"},"payload":"{{Payload}}"}""");
        var refused = await alice.SubmitAsync($$"""{"url":"http://127.0.0.1:9/","headers":{"Host":"{{HeaderValue}}"},"timeoutSeconds":"{{Payload}}"}""");
        var unknown = await new IntakeClient(replica.Url, WrongKey).SubmitAsync("{}");
        var request = await ReadAsync(status, TestKeys.Alice, $"/v1/notifications/{accepted.Id}/request");
        var wrong = await ReadAsync(status, WrongKey, $"/v1/notifications/{accepted.Id}");
        var list = await new IntakeClient(replica.Url, TestKeys.Operator).GetAsync("/v1/redeliveries");

        var printed = status.Process.Printed + replica.Printed;
        await replica.StopAsync();
        await status.Process.StopAsync();

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized), (accepted.StatusCode, refused.StatusCode, unknown.StatusCode));
        Assert.Contains(accepted.Id, printed, StringComparison.Ordinal);
        Assert.True(sink.Contains(accepted.Id), "Nothing was exported.");
        Assert.True(sink.Contains("waybill.authentication.failures"), "Failures were not counted.");
        Assert.DoesNotContain(Secrets, secret => printed.Contains(secret, StringComparison.Ordinal));
        Assert.DoesNotContain(Secrets, sink.Contains);
        Assert.DoesNotContain(Secrets, secret => $"{accepted}{refused}{unknown}{wrong}{list}".Contains(secret, StringComparison.Ordinal));
        Assert.DoesNotContain(HeaderValue, request, StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(StatusServiceHost status, string key, string path)
    {
        using var http = status.CreatePublicClient(key);
        using var answer = await http.GetAsync(path);
        return await answer.Content.ReadAsStringAsync();
    }
}
