using System.Text.Json;
using Waybill.EndToEnd.Tests.Application;
using Waybill.LocalAws;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Tour;

/// <summary>What docs/endpoints.md has its reader type, typed in its order: only the ports are others, and the folder where answers are kept.</summary>
[Collection(WaybillCollection.Name)]
public sealed class EndpointTourTests(WaybillFixture fixture) : IDisposable
{
    private static readonly PrintedTour Printed = PrintedTour.Endpoints;

    private readonly TemporaryFolder _kept = new();
    private readonly List<string> _typed = [];
    private readonly int _shop = LoopbackPort.Pick();
    private readonly int _nobody = LoopbackPort.Pick();

    [Fact]
    public async Task An_order_is_verified_at_one_endpoint_and_waits_for_the_other_until_its_URL_is_repaired()
    {
        var shop = await TypeAsync("""{"url":"http://localhost:5198/orders",""");
        await using var receiver = await OwnReceiver.StartAsync(Take("receiver.mjs"), _shop);
        var broken = await TypeAsync("""{"url":"http://localhost:5197/typo",""");

        var order = await TypeAsync("/v1/events ");
        await receiver.PrintsAsync($$"""verified {{order.Text("id")}}: {"order":4711,"state":"paid"}""");
        var happened = await BecomesAsync("/v1/events/$", now => Of(now, shop).Text("status") == "SUCCESS" && Of(now, broken).Has("waiting") && Of(now, broken).Text("waiting.reason") == "RETRY");
        Assert.False(Of(happened, broken).At("final").GetBoolean());

        var repaired = await TypeAsync("-X PATCH");
        var record = await BecomesAsync("/v1/notifications/$", now => now.Text("status") == "SUCCESS");

        Assert.Equal(Of(order, broken).Text("id"), record.Text("id"));
        var called = record.At("history").EnumerateArray().Select(attempt => attempt.Text("url")).ToList();
        Assert.Equal(repaired.Text("url"), called[^1]);
        Assert.All(called[..^1], url => Assert.Equal(broken.Text("url"), url));
        Assert.NotEqual(broken.Text("url"), repaired.Text("url"));
        Assert.Equal(order.Text("id"), Assert.Single(await fixture.Receiver.CallsAsync(order.Text("id"))).Text("webhookId"));

        Assert.Equal("PAUSED", (await TypeAsync("/pause ")).Text("status"));
        Assert.Equal("ACTIVE", (await TypeAsync("/resume ")).Text("status"));

        var job = await TypeAsync("/redeliver ");
        Assert.Equal(broken.Text("id"), job.Text("filter.endpoint"));

        Assert.Equal(Printed.Commands, _typed.Distinct());
        Assert.Equal([.. shop.Members()], Printed.Answers[0].Members());
        Assert.Equal([.. order.Members()], Printed.Answers[1].Members());
        Assert.Equal([.. happened.Members()], Printed.Answers[2].Members());
        Assert.Equal([.. Of(happened, broken).Members()], Printed.Answers[2].At("notifications")[1].Members());
    }

    public void Dispose() => _kept.Dispose();

    /// <summary>The event's notification for that endpoint.</summary>
    private static JsonElement Of(JsonElement happened, JsonElement endpoint) =>
        happened.At("notifications").EnumerateArray().Single(notification => notification.Text("endpointId") == endpoint.Text("id"));

    /// <summary>Types what asks until the answer is as expected.</summary>
    private Task<JsonElement> BecomesAsync(string part, Func<JsonElement, bool> expected) =>
        Eventually.BecomesAsync(() => TypeAsync(part), expected, Deadlines.State);

    private Task<JsonElement> TypeAsync(string part) => Shell.AnswerAsync(Take(part));

    /// <returns>The one block that has that part, as it has to be here.</returns>
    private string Take(string part)
    {
        var command = Printed.With(part);
        _typed.Add(command);

        return command
            .Replace("http://localhost:5101/", fixture.IntakeUrl.ToString(), StringComparison.Ordinal)
            .Replace("http://localhost:5102/", fixture.StatusUrl.ToString(), StringComparison.Ordinal)
            .Replace("http://localhost:5199/", fixture.Receiver.Url("/"), StringComparison.Ordinal)
            .Replace(":5198/", $":{_shop}/", StringComparison.Ordinal)
            .Replace(":5197/", $":{_nobody}/", StringComparison.Ordinal)
            .Replace("./.waybill/", $"{_kept.Path}/", StringComparison.Ordinal)
            .Replace(".waybill/", $"{_kept.Path}/", StringComparison.Ordinal);
    }
}
