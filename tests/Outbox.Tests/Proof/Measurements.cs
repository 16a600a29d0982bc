using System.Diagnostics;
using Waybill.Outbox.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.Outbox.Tests.Proof;

/// <summary>How fast a backlog is handed over to a server that answers at once, and how long a row takes from its commit to being taken.</summary>
internal static class Measurements
{
    private const int SavedAtOnce = 1000;
    private const int Orders = 1000;

    private static readonly TimeSpan BetweenOrders = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);

    public static async Task<int> RunAsync(IDatabase database, int rows)
    {
        foreach (var senders in (int[])[1, 4])
        {
            await MeasureBacklogAsync(database, rows, senders);
        }

        await MeasureLagAsync(database);
        return 0;
    }

    private static async Task MeasureBacklogAsync(IDatabase database, int rows, int senders)
    {
        await using var intake = await RecordingIntake.StartAsync();
        var saving = Stopwatch.StartNew();

        for (var saved = 0; saved < rows; saved += SavedAtOnce)
        {
            await using var db = database.Open();
            Support.Orders.Add(db, Math.Min(SavedAtOnce, rows - saved));
            await db.SaveChangesAsync();
        }

        saving.Stop();
        var sending = Stopwatch.StartNew();
        await using var shop = await Shop.StartAsync(database, intake.Url, options => options.Senders = senders);
        await Eventually.BecomesAsync(() => Task.FromResult(intake.All.Count), count => count >= rows, Deadline);
        sending.Stop();

        Console.WriteLine($"{rows} rows, {senders} at once: saved with {rows / saving.Elapsed.TotalSeconds:0}/s, handed over with {rows / sending.Elapsed.TotalSeconds:0}/s in {intake.Batches.Count} calls");
    }

    private static async Task MeasureLagAsync(IDatabase database)
    {
        await using var intake = await RecordingIntake.StartAsync();
        await using var shop = await Shop.StartAsync(database, intake.Url);
        var committed = new Dictionary<Guid, long>();
        using var timer = new PeriodicTimer(BetweenOrders);

        while (committed.Count < Orders && await timer.WaitForNextTickAsync())
        {
            var id = (await shop.OrderAsync())[0];
            committed[id] = Stopwatch.GetTimestamp();
        }

        await Eventually.BecomesAsync(() => Task.FromResult(intake.All.Count), count => count >= Orders, Deadline);

        // It may be taken before its SaveChanges has come back.
        var lags = intake.All.Select(taken => Math.Max(0, Stopwatch.GetElapsedTime(committed[taken.Key], taken.At).TotalMilliseconds)).Order().ToList();
        Console.WriteLine($"{Orders} orders, one each {BetweenOrders.TotalMilliseconds:0} ms: from commit to taken {lags[Orders / 2]:0.0} ms (median), {lags[Orders * 99 / 100]:0.0} ms (99%), in {intake.Batches.Count} calls");
    }
}
