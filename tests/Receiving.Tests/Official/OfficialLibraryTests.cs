using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Waybill.Notifications.Signing;
using Waybill.Receiving.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.Receiving.Tests.Official;

/// <summary>What the official library for JavaScript signs is believed here, and what is signed here is believed by it.</summary>
public sealed class OfficialLibraryTests
{
    private static readonly NodeTools Node = new("tests/DeliveryWorker.Tests/Signing/verifier", "the library that checks signatures");

    private static readonly string[] Bodies = [Call.Order, "", """{"name":"Jürgen 🚚"}""", "plain text, with \"quotes\" and\nline ends", new string('x', 20_000)];

    [Fact]
    public async Task Each_believes_what_the_other_signs()
    {
        // Its clock is the machine's.
        var now = DateTimeOffset.UtcNow;
        var calls = Bodies.Select(body => new Call { Body = Encoding.UTF8.GetBytes(body), Timestamp = now.ToUnixTimeSeconds(), Secrets = [Call.OtherSecret, Call.Secret] }).ToList();
        var handled = new ConcurrentQueue<Webhook>();
        await using var receiver = await TestReceiver.StartAsync(handled, hook => hook.VerifyStandardWebhook(Call.Secret), time: Clock.Stopped(now));

        var theirs = await ExchangeAsync(calls);

        foreach (var (call, their) in calls.Zip(theirs))
        {
            Assert.Equal("verified", their.Verdict);
            Assert.NotEqual("verified", their.VerdictOnAnotherBody);

            var headers = new Dictionary<string, string[]>(call.Headers) { [WebhookHeaders.Signature] = [their.Signature] };
            Assert.Equal(HttpStatusCode.OK, (await receiver.SendAsync(call.ToRequest(headers))).Status);
        }

        Assert.Equal(Bodies, handled.Select(webhook => Encoding.UTF8.GetString(webhook.Body.Span)));
    }

    private static async Task<Exchanged[]> ExchangeAsync(IEnumerable<Call> calls)
    {
        await Node.InstallAsync();

        var input = JsonSerializer.Serialize(calls.Select(call => new
        {
            secret = Call.Secret,
            id = call.Id,
            timestamp = call.Timestamp,
            body = Encoding.UTF8.GetString(call.Body),
            signature = call.Signature,
        }));

        var (exitCode, output) = await Node.RunAsync("exchange.mjs", input);
        Assert.True(exitCode == 0, output);
        return JsonSerializer.Deserialize<Exchanged[]>(output, JsonSerializerOptions.Web)!;
    }

    /// <param name="Signature">The library's own.</param>
    /// <param name="Verdict">On ours: <c>verified</c>, or why not.</param>
    private sealed record Exchanged(string Signature, string Verdict, string VerdictOnAnotherBody);
}
