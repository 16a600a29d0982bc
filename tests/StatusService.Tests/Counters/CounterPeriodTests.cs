using Waybill.StatusService.Counters;

namespace Waybill.StatusService.Tests.Counters;

/// <summary>Rules out counts that are found under another time than they were counted in.</summary>
public sealed class CounterPeriodTests
{
    private static readonly DateTimeOffset Time = new(2026, 3, 1, 0, 59, 59, 999, TimeSpan.Zero);

    [Fact]
    public void A_time_lies_in_the_piece_that_starts_before_it_in_utc()
    {
        var elsewhere = Time.ToOffset(TimeSpan.FromHours(5.5));

        Assert.Equal(new DateTimeOffset(2026, 3, 1, 0, 59, 0, TimeSpan.Zero), CounterPeriod.Minute.StartOf(elsewhere));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), CounterPeriod.Hour.StartOf(elsewhere));
        Assert.All(CounterPeriod.All, period => Assert.Equal(TimeSpan.Zero, period.StartOf(elsewhere).Offset));
        Assert.All(CounterPeriod.All, period => Assert.Equal(period.StartOf(Time), period.StartOf(period.StartOf(Time))));
    }

    [Fact]
    public void A_sort_key_tells_the_start_of_its_piece()
    {
        foreach (var period in CounterPeriod.All)
        {
            var start = period.StartOf(Time);

            Assert.Equal(start, period.Parse($"{period.Text(start)} 0123456789ab"));
        }
    }

    [Fact]
    public void Sort_keys_are_in_the_order_of_time_whichever_process_they_are_of()
    {
        foreach (var period in CounterPeriod.All)
        {
            var keys = Enumerable.Range(-3, 6)
                .Select(number => period.StartOf(Time) + (number * period.Length))
                .SelectMany(start => new[] { $"{period.Text(start)} 000000000000", $"{period.Text(start)} ffffffffffff" })
                .ToArray();

            Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
        }
    }

    [Fact]
    public void From_a_start_to_an_end_are_the_pieces_that_begin_in_between()
    {
        foreach (var period in CounterPeriod.All)
        {
            var start = period.StartOf(Time);
            var (first, last) = (period.Text(start), period.Last(start + (2 * period.Length)));

            Assert.Equal([false, true, true, false], Enumerable.Range(-1, 4).Select(number => IsBetween($"{period.Text(start + (number * period.Length))} 0123456789ab")));

            bool IsBetween(string key) => string.CompareOrdinal(first, key) <= 0 && string.CompareOrdinal(key, last) <= 0;
        }
    }

    [Fact]
    public void Minutes_and_hours_are_never_mixed_up()
    {
        Assert.Throws<FormatException>(() => CounterPeriod.Minute.Parse($"{CounterPeriod.Hour.Text(Time)} 0123456789ab"));
        Assert.Throws<FormatException>(() => CounterPeriod.Hour.Parse($"{CounterPeriod.Minute.Text(Time)} 0123456789ab"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("m ")]
    [InlineData("m 20260301 p")]
    [InlineData("m 202613010000 p")]
    [InlineData("m nonsense p")]
    public void A_text_that_is_none_is_refused(string sortKey)
    {
        Assert.Throws<FormatException>(() => CounterPeriod.Minute.Parse(sortKey));
    }
}
