using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Waybill.Receiving.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.Receiving.Tests.Listening;

/// <summary>waybill listen, as a process: what an endpoint gets arrives here as a receiver verifies it, once, and nothing that goes wrong ends it.</summary>
public sealed class ListenTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<Webhook> _handled = new();
    private ApiStandIn _api = null!;

    public async Task InitializeAsync() => _api = await ApiStandIn.StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Each_arrives_signed_and_byte_for_byte_once_and_where_nothing_listens_it_goes_on()
    {
        await using var receiver = await TestReceiver.StartAsync(_handled, hook => hook.VerifyStandardWebhook(Call.Secret), time: TimeProvider.System);
        await using var listening = await ListenAsync(new Uri(receiver.Address, "/hook"), ("WEBHOOK_SECRET", Call.Secret));

        var json = _api.Add("""{"method":"POST","url":"https://example.com/hook","headers":{"X-Shop":"42","Authorization":"***"},"contentType":"application/json","payload":{"price":1.50,"name":"J\u00fcrgen"}}""");
        await ArrivesAsync(1);
        var text = _api.Add("""{"method":"POST","url":"https://example.com/hook","headers":{},"contentType":"text/plain","payloadText":"schön"}""");
        await ArrivesAsync(2);
        var bytes = _api.Add("""{"method":"POST","url":"https://example.com/hook","headers":{},"payloadBase64":"AP8="}""");
        await ArrivesAsync(3);

        Assert.Equal([json, text, bytes], _handled.Select(webhook => webhook.Id));
        Assert.Equal("""{"price":1.50,"name":"J\u00fcrgen"}""", Encoding.UTF8.GetString(_handled.First().Body.Span));
        Assert.Equal([0, 255], _handled.Last().Body.ToArray());
        await listening.PrintsAsync(line => IsOf(line, bytes) && JsonElement.Parse(line).GetProperty("statusCode").GetInt32() == 200);

        await receiver.DisposeAsync();
        var lost = _api.Add("""{"method":"POST","url":"https://example.com/hook","headers":{},"payloadText":"x"}""");
        await listening.PrintsAsync(line => IsOf(line, lost) && JsonElement.Parse(line).GetProperty("error").GetString()!.Contains("refused", StringComparison.Ordinal));
        var next = _api.Add("""{"method":"POST","url":"https://example.com/hook","headers":{},"payloadText":"y"}""");
        await listening.PrintsAsync(line => IsOf(line, next));
        Assert.Equal(5, listening.Lines.Count(line => line.StartsWith('{')));
        Assert.All(_api.Asked.Where(asked => asked.Contains('?', StringComparison.Ordinal)), asked => Assert.Contains("endpoint=ep_1", asked, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_outage_of_Waybill_is_said_once_and_waited_out()
    {
        await using var receiver = await TestReceiver.StartAsync(_handled, hook => hook.WithoutVerification());
        await using var listening = await ListenAsync(new Uri(receiver.Address, "/hook"));

        _api.IsDown = true;
        await listening.PrintsAsync(line => line.EndsWith("Asking again.", StringComparison.Ordinal));
        var asked = _api.Asked.Count;
        await Eventually.HoldsAsync(() => _api.Asked.Count > asked + 1);
        _api.IsDown = false;
        _api.Add("""{"method":"POST","url":"https://example.com/hook","headers":{},"payloadText":"x"}""");
        await ArrivesAsync(1);

        Assert.Single(listening.Lines, line => line.EndsWith("Asking again.", StringComparison.Ordinal));
        Assert.Contains("Waybill answers again.", listening.Lines);
    }

    private Task<PrintingProcess> ListenAsync(Uri target, params (string Name, string Value)[] environment) => PrintingProcess.StartAsync(
        Path.Combine(AppContext.BaseDirectory, "waybill.dll"),
        ["listen", target.AbsoluteUri, "--endpoint", "ep_1", "--status-url", _api.Url.AbsoluteUri, "--json"],
        line => line.StartsWith("Listening", StringComparison.Ordinal),
        environment);

    private Task ArrivesAsync(int number) => Eventually.BecomesAsync(() => Task.FromResult(_handled.Count), count => count >= number);

    private static bool IsOf(string line, string eventId) => line.StartsWith('{') && JsonElement.Parse(line).GetProperty("webhookId").GetString() == eventId;
}
