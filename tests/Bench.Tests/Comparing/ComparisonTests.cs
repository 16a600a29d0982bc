using Waybill.Bench.Comparing;
using Waybill.Bench.Measuring;

namespace Waybill.Bench.Tests.Comparing;

public sealed class ComparisonTests
{
    [Fact]
    public void A_cell_is_the_median_of_all_turns_with_the_least_and_the_most()
    {
        var table = Comparison.Of([Turn("Node", 3, 40), Turn("Waybill", 1, 60), Turn("Node", 9, 50), Turn("Waybill", 2, 70), Turn("Node", 4, 45), Turn("Waybill", 0.5, 80)]);

        Assert.Contains("| load | | Node | Waybill |", table, StringComparison.Ordinal);
        Assert.Contains("| cold | CPU, ms | 4.00 (3.00–9.00) | 1.00 (0.50–2.00) |", table, StringComparison.Ordinal);
        Assert.Contains("|  | delivered/s | 45 (40–50) | 70 (60–80) |", table, StringComparison.Ordinal);
    }

    [Fact]
    public void One_turn_is_told_as_it_is() =>
        Assert.Contains("| cold | CPU, ms | 3.25 |", Comparison.Of([Turn("Node", 3.25, 40)]), StringComparison.Ordinal);

    private static Turn Turn(string contender, double cpu, double perSecond) =>
        new(contender, 1, 100, [new PhaseFigures(Phase.Cold, cpu, 1, perSecond, new Percentiles(1, 2, 3, 4), new Percentiles(1, 2, 3, 4), 0)]);
}
