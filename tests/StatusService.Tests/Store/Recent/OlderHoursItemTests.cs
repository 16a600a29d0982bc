using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Recent;

namespace Waybill.StatusService.Tests.Store.Recent;

/// <summary>Rules out an hour that is lost when it is stored with many others, or a text that is taken for some.</summary>
public sealed class OlderHoursItemTests
{
    private static readonly DateTimeOffset Hour = new(2026, 2, 28, 22, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Hours_that_follow_each_other_are_stored_as_one_run()
    {
        var item = OlderHoursItem.Write(Known(0, 1, 2, 3, 10, 12, 13));

        Assert.Equal("2026022822+4 2026030108+1 2026030110+2", item[StoredNames.Older.Hours].S);
    }

    [Theory]
    [InlineData]
    [InlineData(0)]
    [InlineData(0, 2, 4)]
    [InlineData(0, 1, 2, 3, 100, 5000, 5001)]
    public void They_are_read_as_they_were_written(params int[] hours)
    {
        var read = OlderHoursItem.Read(OlderHoursItem.Write(Known(hours)));

        Assert.Equal((Known().From, Known().To, Known().Number), (read.From, read.To, read.Number));
        Assert.Equal(Known(hours).Hours, read.Hours);
    }

    /// <summary>All hours of the longest window, each second one missing: far below what DynamoDB takes as one item.</summary>
    [Fact]
    public void The_longest_text_there_can_be_is_small_enough_to_be_stored()
    {
        var item = OlderHoursItem.Write(Known([.. Enumerable.Range(0, 366 * 12).Select(number => 2 * number)]));

        Assert.InRange(item[StoredNames.Older.Hours].S.Length, 1, 100 * 1024);
        Assert.Equal(366 * 12, OlderHoursItem.Read(item).Hours.Count);
    }

    /// <summary>As whoever makes a table writes it.</summary>
    [Fact]
    public void A_new_table_says_that_it_has_none()
    {
        var item = OlderHoursItem.Key();
        item[TableDefinition.OlderHoursFrom] = StoredValue.Of(0L);
        item[TableDefinition.OlderHoursTo] = StoredValue.Of(Hour);
        item["n"] = StoredValue.Of(1);

        var read = OlderHoursItem.Read(item);

        Assert.Equal((DateTimeOffset.UnixEpoch, Hour, 1L), (read.From, read.To, read.Number));
        Assert.Empty(read.Hours);
    }

    [Theory]
    [InlineData("2026022822")]
    [InlineData("2026022822+")]
    [InlineData("+3")]
    [InlineData("2026022822+x")]
    [InlineData("2026022822+-1")]
    [InlineData("2026022822+1+1")]
    [InlineData("2026022824+1")]
    [InlineData("20260228+1")]
    public void A_text_that_is_none_is_refused(string hours)
    {
        var item = OlderHoursItem.Write(Known());
        item[StoredNames.Older.Hours] = StoredValue.Of(hours);

        Assert.Throws<FormatException>(() => OlderHoursItem.Read(item));
    }

    private static KnownHours Known(params int[] hours) => new(Hour, Hour.AddDays(300), [.. hours.Select(number => Hour.AddHours(number))], 7);
}
