using Microsoft.Extensions.Time.Testing;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Partitions;

namespace Waybill.StatusService.Tests.Store.Partitions;

/// <summary>Rules out that who writes little is read in many queries, and that who writes much meets the bound of a DynamoDB partition.</summary>
public sealed class ShardSpreadTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ShardSpread _spread;

    public ShardSpreadTests() => _spread = new ShardSpread(_time);

    [Fact]
    public void Who_writes_less_than_a_shard_takes_has_one()
    {
        for (var second = 0; second < 5; second++)
        {
            Assert.Equal(1, Write(ShardSpread.WritesOfAShard - 1));
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public void Who_writes_more_has_more_at_once_and_up_to_the_most()
    {
        Assert.Equal(2, Write(ShardSpread.WritesOfAShard));
        Assert.Equal(4, Write(2 * ShardSpread.WritesOfAShard));
        Assert.Equal(Shards.Count, Write(50 * ShardSpread.WritesOfAShard));
    }

    /// <summary>Rules out that each second begins with one shard again, which would then take the whole of a burst.</summary>
    [Fact]
    public void It_stays_so_from_the_start_of_the_next_second_and_ends_after_a_quiet_one()
    {
        Write(3 * ShardSpread.WritesOfAShard);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(4, Write(1));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, Write(1));

        Write(3 * ShardSpread.WritesOfAShard);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, Write(1));
    }

    [Fact]
    public void Each_is_counted_alone()
    {
        Write(5 * ShardSpread.WritesOfAShard, "recent alice");

        Assert.Equal(1, Write(1, "recent bob"));
        Assert.Equal(1, Write(1, "failed alice"));
    }

    [Fact]
    public void Writes_of_many_threads_are_all_counted()
    {
        const int Threads = 8;

        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, _ => Write(ShardSpread.WritesOfAShard));

        Assert.Equal(1 + Threads, _spread.Count("alice", int.MaxValue));
    }

    /// <returns>How many shards the last of them may go to.</returns>
    private int Write(int times, string whose = "alice")
    {
        var shards = 0;

        for (var time = 0; time < times; time++)
        {
            shards = _spread.Count(whose, Shards.Count);
        }

        return shards;
    }
}
