using Waybill.StatusService.Store.Partitions;

namespace Waybill.StatusService.Tests.Store.Partitions;

/// <summary>Rules out a partition that is read as another, or found in another hour.</summary>
public sealed class IndexPartitionTests
{
    private static readonly DateTimeOffset Hour = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("alice", 0)]
    [InlineData("alice", 7)]
    [InlineData("team one", 3)]
    [InlineData("2026-03 ~ owner", 3)]
    [InlineData("größe\u2028", 12)]
    [InlineData("", 0)]
    public void It_is_read_as_it_was_written(string owner, int shard)
    {
        var partition = new IndexPartition(Hour, shard, owner);

        Assert.Equal(partition, IndexPartition.Of(partition.Key));
    }

    [Fact]
    public void It_looks_as_documented()
    {
        Assert.Equal("2026030109-3 alice", new IndexPartition(Hour, 3, "alice").Key);
    }

    [Fact]
    public void All_of_an_hour_are_between_its_first_and_its_last_and_no_others()
    {
        var times = Enumerable.Range(-2, 5).Select(number => Hour.AddHours(number)).ToArray();
        var partitions = times.SelectMany(hour => new[] { new IndexPartition(hour, 0, ""), new IndexPartition(hour, 15, "\uffff") });
        var (first, last) = (IndexPartition.First(Hour.AddMinutes(17)), IndexPartition.Last(Hour.AddMinutes(59)));

        var between = partitions.Where(one => string.CompareOrdinal(first, one.Key) <= 0 && string.CompareOrdinal(one.Key, last) <= 0);

        Assert.Equal([Hour, Hour], between.Select(one => one.Hour));
    }

    [Fact]
    public void An_hour_is_that_of_utc()
    {
        var elsewhere = new DateTimeOffset(2026, 3, 1, 14, 59, 59, 999, TimeSpan.FromHours(5.5));

        Assert.Equal((Hour, TimeSpan.Zero), (IndexPartition.HourOf(elsewhere), IndexPartition.HourOf(elsewhere).Offset));
        Assert.Equal("2026030109", IndexPartition.First(elsewhere));
    }

    [Theory]
    [InlineData("")]
    [InlineData("alice")]
    [InlineData("2026030109-3")]
    [InlineData("2026030109 alice")]
    [InlineData("2026030109-x alice")]
    [InlineData("2026030109--3 alice")]
    [InlineData("2026030109-3-4 alice")]
    [InlineData("2026030124-3 alice")]
    [InlineData("20260301-3 alice")]
    [InlineData(" 2026030109-3 alice")]
    public void A_text_that_is_none_is_refused(string key)
    {
        Assert.Throws<FormatException>(() => IndexPartition.Of(key));
    }
}
