using System.Globalization;
using System.Text.RegularExpressions;
using Waybill.TestSupport;

namespace Waybill.Infra.Tests.Cost;

/// <summary>Reads the tables of docs/cost.md.</summary>
internal static partial class CostTable
{
    private static string[] Lines => File.ReadAllLines(Path.Combine(Repository.Root, "docs/cost.md"));

    /// <summary>What was measured, by its name.</summary>
    public static IReadOnlyDictionary<string, double> Measured() =>
        Rows("measured").ToDictionary(cells => cells[0], cells => Number(cells[1]));

    /// <summary>Read units of each question.</summary>
    public static IReadOnlyDictionary<string, double> Questions() =>
        Rows("question").ToDictionary(cells => cells[0], cells => Number(cells[1]));

    /// <summary>Every row with prices and units but the sums.</summary>
    public static IReadOnlyList<CostRow> Costs() =>
        [.. Rows("what").Where(cells => !cells[0].StartsWith("**", StringComparison.Ordinal)).Select(Read)];

    /// <summary>The sums: of an idle month, and per million notifications.</summary>
    public static (double Idle, double PerMillion) Sums()
    {
        var cells = Rows("what").Single(cells => cells[0] == "**sum**");
        return (Number(cells[4]), Number(cells[6]));
    }

    /// <summary>The busy month's figures, by their names.</summary>
    public static IReadOnlyDictionary<string, double> Busy() => Rows("busy month").ToDictionary(cells => cells[0], cells => Number(cells[^1]));

    public static double Number(string cell) => cell.Length == 0 ? 0 : double.Parse(NotInNumbers().Replace(cell, ""), CultureInfo.InvariantCulture);

    private static CostRow Read(string[] cells) =>
        new(cells[0], Number(cells[1]), cells[2], Number(cells[3]), Number(cells[4]), Number(cells[5]), Number(cells[6]));

    private static IEnumerable<string[]> Rows(string header) => Lines
        .SkipWhile(line => !line.StartsWith($"| {header} |", StringComparison.Ordinal))
        .Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Trim().Trim('|').Split('|').Select(cell => cell.Trim()).ToArray());

    [GeneratedRegex("[^0-9.]")]
    private static partial Regex NotInNumbers();
}

/// <param name="Per">What the price is for, such as <c>million requests</c> or <c>hour</c>.</param>
internal sealed record CostRow(string What, double Price, string Per, double IdleUnits, double Idle, double MillionUnits, double Million)
{
    /// <summary>A price for a million of something is paid for single ones.</summary>
    public double Divisor => Per.StartsWith("million", StringComparison.Ordinal) ? 1_000_000 : 1;
}
