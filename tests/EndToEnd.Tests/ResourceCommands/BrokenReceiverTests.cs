using Waybill.EndToEnd.Tests.Application;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.ResourceCommands;

/// <summary>
/// "Break it" and "Repair it" at the receiver, "Redeliver what failed in the last hour" at intake. Before other tests: what failed there
/// would be redelivered, too, and what they left to be tried again would meet the broken receiver.
/// </summary>
[First]
[Collection(WaybillCollection.Name)]
public sealed class BrokenReceiverTests(WaybillFixture fixture) : IAsyncLifetime
{
    /// <summary>The first notification of a start has ended: it must not meet the broken receiver.</summary>
    public async Task InitializeAsync()
    {
        var calls = await Eventually.BecomesAsync(() => fixture.Receiver.CallsToAsync("/ok"), calls => calls.Count > 0, Deadlines.State);
        await fixture.Waybill.DeliveredAsync(calls[0].Text("webhookId"));
    }

    public Task DisposeAsync() => PressedAsync("receiver", "repair");

    [Fact]
    public async Task What_failed_while_it_was_broken_is_delivered_once_it_is_repaired_and_redelivered()
    {
        Assert.Equal("Every URL answers 500 from now on.", await PressedAsync("receiver", "break", ("status", "500")));
        string[] ids = [await FailsAsync(), await FailsAsync()];

        Assert.Equal("Its URLs answer as they say again.", await PressedAsync("receiver", "repair"));
        var redelivered = await PressedAsync("intake", "redeliver");

        Assert.StartsWith("2 of 2 that failed are on their way once more, 0 were skipped (", redelivered, StringComparison.Ordinal);

        foreach (var id in ids)
        {
            await fixture.Waybill.DeliveredAsync(id);
            Assert.Equal([500, 200], (await fixture.Receiver.CallsAsync(id)).Select(call => call.Number("status")));
        }

        Assert.Equal("Nothing that was created in the last hour has failed for good.", await PressedAsync("intake", "redeliver"));
    }

    [Theory]
    [InlineData("200")]
    [InlineData("600")]
    [InlineData("500.5")]
    public async Task A_status_that_is_no_failure_is_refused_and_nothing_is_broken(string status)
    {
        var outcome = await fixture.PressAsync("receiver", "break", ("status", status));

        // Before the receiver is asked, which would refuse it, too.
        Assert.False(outcome.Success);
        Assert.StartsWith("Command argument validation failed", outcome.Message, StringComparison.Ordinal);

        var id = await fixture.Waybill.AcceptedAsync(Order);
        await fixture.Waybill.DeliveredAsync(id);
    }

    private string Order => $$"""{ "url": "{{fixture.Receiver.Url("/ok")}}", "retrySchedule": [] }""";

    /// <returns>The id of a notification that has failed for good.</returns>
    private async Task<string> FailsAsync()
    {
        var id = await fixture.Waybill.AcceptedAsync(Order);
        var record = await fixture.Waybill.FailedAsync(id);

        Assert.Equal("http_500", record.Text("deliveryResult.errorDetails.code"));
        return id;
    }

    /// <returns>What it says that it has done.</returns>
    private async Task<string> PressedAsync(string resource, string command, params (string Field, string Value)[] typed)
    {
        var outcome = await fixture.PressAsync(resource, command, typed);

        Assert.True(outcome.Success, outcome.Message);
        return outcome.Message!;
    }
}
