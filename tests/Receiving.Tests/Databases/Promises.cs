using System.Net;
using Waybill.Receiving.Tests.Support;
using Waybill.TestSupport;
using Results = Microsoft.AspNetCore.Http.Results;

namespace Waybill.Receiving.Tests.Databases;

/// <summary>What holds with every database: the handler's changes and the id are there together, or neither is, and the sender is told so.</summary>
internal static class Promises
{
    public static async Task A_webhook_is_handled_once_and_its_id_is_there_with_its_order(IDatabase database)
    {
        await using var shop = await ShopReceiver.StartAsync(database, _ => Task.FromResult(Results.Text("stored")));
        var call = new Call();

        var first = await shop.SendAsync(call);
        var second = await shop.SendAsync(call);

        Assert.Equal((HttpStatusCode.OK, "stored"), (first.Status, first.Body));
        Assert.Equal(HttpStatusCode.NoContent, second.Status);
        Assert.Equal((1, 1), await shop.RecordedAsync());
        Assert.Single(shop.Runs);
    }

    public static async Task A_failure_leaves_neither_and_the_next_attempt_is_handled(IDatabase database, bool throws)
    {
        await using var shop = await ShopReceiver.StartAsync(database, shop =>
            shop.Runs.Count > 1 ? Task.FromResult(Results.NoContent()) : throws ? throw new InvalidOperationException("A bug.") : Task.FromResult(Results.StatusCode(503)));
        var call = new Call();

        var failed = await shop.SendAsync(call);
        var left = await shop.RecordedAsync();
        var repeated = await shop.SendAsync(call);

        Assert.Equal((throws ? 500 : 503, (0, 0)), ((int)failed.Status, left));
        Assert.Equal(HttpStatusCode.NoContent, repeated.Status);
        Assert.Equal((1, 1), await shop.RecordedAsync());
    }

    public static async Task Race_of_two_calls_with_one_id_lets_the_second_wait_for_the_first(IDatabase database, bool firstSucceeds)
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var shop = await ShopReceiver.StartAsync(database, async shop =>
        {
            var isFirst = shop.Runs.Count == 1;
            await release.Task;
            return isFirst && !firstSucceeds ? Results.StatusCode(500) : Results.Text("handled");
        });
        var call = new Call();

        var first = shop.SendAsync(call);
        await Eventually.HoldsAsync(() => shop.Runs.Count == 1);
        var second = shop.SendAsync(call);
        await Eventually.HoldsAsync(() => shop.Receiver.Lines.All.Count(line => line.Text.Contains("Executing endpoint", StringComparison.Ordinal)) == 2);
        release.SetResult();

        Assert.Equal(firstSucceeds ? 200 : 500, (int)(await first).Status);
        Assert.Equal(firstSucceeds ? 204 : 200, (int)(await second).Status);
        Assert.Equal((1, 1), await shop.RecordedAsync());
    }

    public static async Task Old_rows_are_removed_and_young_ones_stay(IDatabase database)
    {
        var time = Clock.Stopped();
        await using var shop = await ShopReceiver.StartAsync(database, _ => Task.FromResult(Results.NoContent()), time);

        await shop.SendAsync(new Call());
        time.Advance(TimeSpan.FromHours(40));
        await shop.SendAsync(new Call { Timestamp = time.GetUtcNow().ToUnixTimeSeconds() });
        Assert.Equal((2, 2), await shop.RecordedAsync());
        time.Advance(TimeSpan.FromHours(9));

        await Eventually.BecomesAsync(shop.RecordedAsync, recorded => recorded == (2, 1));
    }
}
