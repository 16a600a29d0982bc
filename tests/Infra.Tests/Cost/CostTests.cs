namespace Waybill.Infra.Tests.Cost;

/// <summary>Rules out a wrong sum in docs/cost.md.</summary>
public sealed class CostTests
{
    private const double HalfACent = 0.00501;

    public static TheoryData<string> Rows => [.. CostTable.Costs().Select(row => row.What)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_price_times_its_units_is_the_cost(string what)
    {
        var row = CostTable.Costs().Single(row => row.What == what);

        Assert.InRange(row.Idle - (row.Price * row.IdleUnits / row.Divisor), -HalfACent, HalfACent);
        Assert.InRange(row.Million - (row.Price * row.MillionUnits / row.Divisor), -HalfACent, HalfACent);
    }

    [Fact]
    public void The_sums_are_those_of_the_rows()
    {
        var rows = CostTable.Costs();
        var sums = CostTable.Sums();

        Assert.Equal(sums.Idle, rows.Sum(row => row.Idle), 2);
        Assert.Equal(sums.PerMillion, rows.Sum(row => row.Million), 2);
    }

    [Fact]
    public void The_table_is_charged_for_the_units_that_were_measured()
    {
        var measured = CostTable.Measured();
        double Units(string what) => CostTable.Costs().Single(row => row.What == what).MillionUnits / 1_000_000;

        Assert.Equal(measured["write request units, delivered at once"], Units("DynamoDB writes"));
        Assert.Equal(measured["read request units, delivered at once"], Units("DynamoDB reads"));
    }

    [Fact]
    public void The_busy_month_is_the_idle_one_and_its_notifications_and_its_further_tasks()
    {
        var busy = CostTable.Busy();
        var sums = CostTable.Sums();

        Assert.Equal(busy["notifications, millions"] * sums.PerMillion, busy["notifications"], 0);
        Assert.Equal(busy["further tasks, number"] * busy["one task"], busy["further tasks"], 0);
        Assert.Equal(sums.Idle + busy["notifications"] + busy["further tasks"], busy["**sum**"], 0);
        Assert.Equal(busy["**sum**"] / busy["notifications, millions"], busy["per million"], 2);
    }
}
