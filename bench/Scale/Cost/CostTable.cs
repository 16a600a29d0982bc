namespace Waybill.Bench.Scale.Cost;

/// <summary>A month at each rate, as deployed and as tuned.</summary>
internal static class CostTable
{
    public static MarkdownTable Of(ScaleInputs inputs)
    {
        var months = new[] { Habits.Deployed, Habits.Tuned }
            .SelectMany(habits => ScaleInputs.Rates.Select(rate => new MonthlyCost(inputs, habits, rate)))
            .ToList();

        var table = new MarkdownTable(
            "cost",
            ["$ a month", .. ScaleInputs.Rates.Select(rate => $"{MarkdownTable.Number(rate)} a second"), .. ScaleInputs.Rates.Select(rate => $"{MarkdownTable.Number(rate)}, tuned")]);

        void Add(string what, Func<MonthlyCost, double> part) => table.Add([what, .. months.Select(month => MarkdownTable.Number(part(month)))]);

        Add("DynamoDB, reads and writes", month => month.Capacity);
        Add("DynamoDB, storage and backup", month => month.Stored);
        Add("SQS", month => month.Queue);
        Add("tasks", month => month.TaskHours);
        Add("network", month => month.Network);
        Add("logs", month => month.Logs);
        Add("traces", month => month.Traces);
        Add("an idle deployment but its tasks", _ => Prices.IdleWithoutTasks);
        Add("**sum**", month => month.Sum);
        Add("for a million notifications", month => month.Sum / month.Millions);
        return table;
    }
}
