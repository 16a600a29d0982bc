using Waybill.Notifications.Records;
using Waybill.StatusService.Counters;
using Waybill.StatusService.Store.Items;

namespace Waybill.StatusService.Tests.Counters;

/// <summary>Rules out a count that is lost, or counted twice, on its way into an item, out of it and into a sum.</summary>
public sealed class TallyTests
{
    private const int MostStoredHosts = 50;

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Item Key = CounterItem.Key("alice", CounterPeriod.Minute, Start, "process");

    [Fact]
    public void What_happens_is_counted_in_all_and_by_host_and_category()
    {
        var tally = Some();

        Assert.Equal((3, 2, 6, 1), (tally.Accepted, tally.Succeeded, tally.Attempts, tally.Redelivered));
        Assert.Equal(2, tally.Latency.Count);
        Assert.Equal([("CANCELLED", 1L), ("CLIENT_ERROR", 2L)], tally.Failed.Select(failed => (failed.Key, failed.Value)));
        Assert.Equal([("a.example", 2, 1, 1), ("b.example:8443", 1, 1, 2)], Hosts(tally));
    }

    [Fact]
    public void Hosts_are_one_whichever_case_they_are_written_in()
    {
        var tally = new Tally();
        tally.Accept("a.example");
        tally.Accept("A.Example");

        Assert.Equal([("a.example", 2, 0, 0)], Hosts(tally));
    }

    [Fact]
    public void An_item_says_all_that_was_counted()
    {
        var read = CounterItem.Read(CounterItem.Write(Key, Some(), 7, Start.AddDays(2)));

        AssertSame(Some(), read);
    }

    [Fact]
    public void An_item_of_nothing_is_read_as_nothing_and_so_is_one_that_says_nothing()
    {
        AssertSame(new Tally(), CounterItem.Read(CounterItem.Write(Key, new Tally(), 1, Start.AddDays(2))));
        AssertSame(new Tally(), CounterItem.Read(Key));
    }

    [Fact]
    public void Tallies_add_up_to_what_one_alone_would_have_counted()
    {
        var sum = Tally.Sum([Some(), new Tally(), CounterItem.Read(CounterItem.Write(Key, Some(), 7, Start.AddDays(2)))]);

        var twice = new Tally();
        Count(twice);
        Count(twice);
        AssertSame(twice, sum);
    }

    /// <summary>The busiest stay apart, and the others are in the sum, also of an item that has some of them already.</summary>
    [Fact]
    public void Of_more_hosts_than_an_item_names_the_largest_are_named_and_none_is_missing()
    {
        var tally = OfHosts(200);

        var read = CounterItem.Read(CounterItem.Write(Key, tally, 1, Start.AddDays(2)));
        var again = CounterItem.Read(CounterItem.Write(Key, Tally.Sum([read, OfHosts(200)]), 2, Start.AddDays(2)));

        Assert.Equal(MostStoredHosts + 1, read.Hosts.Count);
        Assert.Equal(Enumerable.Range(150, 50).Select(number => $"h{number}.example").Order(StringComparer.Ordinal), Named(read));
        Assert.Equal(Total(tally), Total(read));
        Assert.Equal(200, read.Hosts["h199.example"].Accepted);
        Assert.Equal(Named(read), Named(again));
        Assert.Equal(2 * Total(tally), Total(again));
    }

    /// <summary>Somebody calls a host of its own for each notification: what is kept of them is bounded.</summary>
    [Fact]
    public void Hosts_beyond_all_bounds_are_counted_together()
    {
        var tally = new Tally();

        for (var number = 0; number < 10_000; number++)
        {
            tally.Accept($"h{number}.example");
        }

        tally.Accept("h7.example");

        Assert.InRange(tally.Hosts.Count, 1_000, 5_000);
        Assert.Equal(2, tally.Hosts["h7.example"].Accepted);
        Assert.Equal(10_001, Total(tally));
        Assert.Equal(10_001, tally.LargestHosts(MostStoredHosts).Values.Sum(host => host.Accepted));
    }

    [Theory]
    [InlineData("1 2")]
    [InlineData("1 2 3 4")]
    [InlineData("1 -2 3")]
    [InlineData("one 2 3")]
    [InlineData("")]
    public void Counts_of_a_host_that_are_none_are_refused(string counts)
    {
        var item = CounterItem.Write(Key, Some(), 1, Start.AddDays(2));
        item[StoredNames.Counter.Hosts].M["a.example"] = StoredValue.Of(counts);

        Assert.Throws<FormatException>(() => CounterItem.Read(item));
    }

    [Fact]
    public void A_latency_that_is_none_is_refused()
    {
        var item = CounterItem.Write(Key, Some(), 1, Start.AddDays(2));
        item[StoredNames.Counter.Latency] = StoredValue.Of("fast");

        Assert.Throws<FormatException>(() => CounterItem.Read(item));
    }

    private static Tally Some()
    {
        var tally = new Tally();
        Count(tally);
        return tally;
    }

    private static void Count(Tally tally)
    {
        tally.Accept("a.example");
        tally.Accept("a.example");
        tally.Accept("b.example:8443");
        tally.Succeed("a.example", 12);
        tally.Succeed("b.example:8443", 30_000);
        tally.Fail("a.example", DeliveryCategory.ClientError);
        tally.Fail("b.example:8443", DeliveryCategory.ClientError);
        tally.Fail("b.example:8443", DeliveryCategory.Cancelled);
        tally.Attempt(5);
        tally.Attempt(1);
        tally.Redeliver();
    }

    /// <summary>As many, each with more than the one before.</summary>
    private static Tally OfHosts(int count)
    {
        var tally = new Tally();

        for (var number = 0; number < count; number++)
        {
            for (var times = 0; times <= number; times++)
            {
                tally.Accept($"h{number}.example");
            }
        }

        return tally;
    }

    private static long Total(Tally tally) => tally.Hosts.Values.Sum(host => host.Accepted);

    private static IEnumerable<string> Named(Tally tally) => tally.Hosts.Keys.Where(host => host.Length > 0).Order(StringComparer.Ordinal);

    private static IEnumerable<(string, long, long, long)> Hosts(Tally tally) =>
        tally.Hosts.OrderBy(host => host.Key, StringComparer.Ordinal).Select(host => (host.Key, host.Value.Accepted, host.Value.Succeeded, host.Value.Failed));

    private static void AssertSame(Tally expected, Tally actual)
    {
        Assert.Equal(
            (expected.Accepted, expected.Succeeded, expected.Attempts, expected.Redelivered),
            (actual.Accepted, actual.Succeeded, actual.Attempts, actual.Redelivered));
        Assert.Equal(expected.Failed, actual.Failed);
        Assert.Equal(expected.Latency.Text(), actual.Latency.Text());
        Assert.Equal(Hosts(expected), Hosts(actual));
    }
}
