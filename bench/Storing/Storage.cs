using System.Diagnostics;
using Waybill.StatusService.Store.Items;

namespace Waybill.Bench.Storing;

/// <summary>
/// Fills the light backend. By posts it would take most of an hour for a million, and all would be of that hour. So the status service's own code moves them, in two
/// processes' names, on a clock that is set and a table in memory; what is final goes into the backend's table as it is.
/// </summary>
internal static class Storage
{
    private const int Processes = 2;

    public static async Task<Stored> FillAsync(StoredSet set, Uri table)
    {
        var watch = Stopwatch.StartNew();
        var clock = new SetClock();
        using var memory = new MemoryTable();
        await using var loader = new TableLoader(table);
        var processes = Enumerable.Range(0, Processes).Select(_ => new StoringProcess(memory, clock)).ToArray();
        var ids = new List<(StoredFor For, string Id)>();
        var number = 0;

        foreach (var notification in set.All)
        {
            await processes[number++ / 10 % Processes].StoreAsync(notification);
            await loader.AddAsync(memory.Take(RequestItem.Key(notification.Id)));
            await loader.AddAsync(memory.Take(StateItem.Key(notification.Id)));

            if (notification.For is { } question)
            {
                ids.Add((question, notification.Id));
            }
        }

        await Task.WhenAll(processes.Select(process => process.WriteCountsAsync()));

        foreach (var item in memory.TakeAll())
        {
            await loader.AddAsync(item);
        }

        await loader.FinishAsync();
        return new Stored(set, ids.ToLookup(one => one.For, one => one.Id), watch.Elapsed);
    }
}

/// <param name="Ids">Of those that questions are to find.</param>
/// <param name="Took">To store them.</param>
internal sealed record Stored(StoredSet Set, ILookup<StoredFor, string> Ids, TimeSpan Took);
