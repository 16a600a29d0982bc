using System.Collections.Concurrent;

namespace Waybill.StatusService.Store.Partitions;

/// <summary>
/// Over how many shards the records of one owner are spread. A DynamoDB partition takes 1,000 writes a second, so who writes little needs one
/// shard, and is read in one query; who writes much gets more while it does.
/// </summary>
internal sealed class ShardSpread(TimeProvider time)
{
    /// <summary>Of one process. Ten of them together are what a partition takes.</summary>
    public const int WritesOfAShard = 100;

    private readonly ConcurrentDictionary<string, Second> _seconds = new(StringComparer.Ordinal);

    /// <summary>Counts a write of an owner's, or of what else has partitions of its own.</summary>
    /// <returns>How many shards it may go to, from 1 to <paramref name="most"/>.</returns>
    public int Count(string whose, int most)
    {
        var now = time.GetTimestamp() / time.TimestampFrequency;
        var second = _seconds.AddOrUpdate(whose, _ => new Second(now, 1, 0), (_, last) => last.Next(now));

        return Math.Min(most, 1 + (Math.Max(second.Writes, second.Before) / WritesOfAShard));
    }

    /// <param name="Number">Of some clock.</param>
    /// <param name="Writes">In it, so far.</param>
    /// <param name="Before">In the one before.</param>
    private sealed record Second(long Number, int Writes, int Before)
    {
        public Second Next(long now) => now == Number ? this with { Writes = Writes + 1 } : new Second(now, 1, now == Number + 1 ? Writes : 0);
    }
}
