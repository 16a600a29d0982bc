using Microsoft.EntityFrameworkCore;
using Waybill.Client.EntityFrameworkCore;
using Waybill.Outbox.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.Outbox.Tests.Proof;

/// <summary>Kills processes that commit and relay, one after the other, at every point of what they do, and looks at what came of it.</summary>
internal static class Prover
{
    private static readonly TimeSpan SettleDeadline = TimeSpan.FromMinutes(5);

    /// <summary>As short a lease as may be, so that what the dead had in hand is seen again soon.</summary>
    public static void Configure(WaybillOutboxOptions options)
    {
        options.PollInterval = TimeSpan.FromMilliseconds(100);
        options.Lease = TimeSpan.FromSeconds(10);
        options.BatchSize = 20;
        options.Senders = 2;
    }

    /// <param name="told">Hears how far it is.</param>
    public static async Task<Verdict> RunAsync(DatabaseKind kind, IDatabase database, int kills, int seed, Action<string> told)
    {
        await using var intake = await RecordingIntake.StartAsync();
        var random = new Random(seed);
        var rolledBack = new List<Guid>();
        var next = Start(0);

        try
        {
            for (var round = 0; round < kills; round++)
            {
                using var victim = next;
                next = Start(round + 1);
                rolledBack.AddRange(await victim.DieAsync(random));

                if ((round + 1) % 50 == 0)
                {
                    told($"{round + 1} kills, {intake.All.Count} rows taken");
                }
            }
        }
        finally
        {
            next.Dispose();
        }

        await SettleAsync(database, intake.Url);

        await using var db = database.Open();
        var committed = await db.Orders.Select(order => order.Row).ToListAsync();
        return Verdict.Of(kills, committed, rolledBack, [.. intake.All.Select(taken => (taken.Key, taken.Authorization))], await db.Outbox.CountAsync());

        VictimProcess Start(int round) => VictimProcess.Start(kind, database.ConnectionString, intake.Url, $"process-{round}", CrashPoint.Of(round, random));
    }

    /// <summary>A process that nobody kills finds what the dead have left.</summary>
    private static async Task SettleAsync(IDatabase database, Uri intake)
    {
        await using var survivor = await Shop.StartAsync(database, intake, Configure, apiKey: "survivor");
        await using var db = database.Open();
        await Eventually.BecomesAsync(() => db.Outbox.CountAsync(), left => left == 0, SettleDeadline);
    }
}
