using System.Globalization;
using Waybill.Bench.Scale.Cost;
using Waybill.Bench.Scale.Needs;
using Waybill.Bench.Scale.Sharding;
using Waybill.Infra.Services;
using Waybill.Notifications.Storage;

namespace Waybill.Bench.Scale.Dispatching;

/// <summary>What it costs to find due records, and how long it takes: idle, and when retries come due; as it is, and with few pollers for each shard.</summary>
internal static class PollingTable
{
    /// <summary>One may end.</summary>
    private const int FewPollers = 2;

    public static MarkdownTable Of(ScaleInputs inputs, IReadOnlyList<ShardNeeds> needs)
    {
        var table = new MarkdownTable("polling", "a second", "due a second", "shards", "intake tasks", "pollers of a shard", "queries a second", "read units a second", "$ a month", "read in vain", "marks refused", "late, median", "late, p99", "left waiting");

        Add(table, inputs, 0, PollingPlan.OfAll(Shards.Count, Sizes.LeastTasks, 0));

        foreach (var need in needs)
        {
            var tasks = Tasks.Of(inputs, need.Rate).Intake;
            var scaledOnRequests = Math.Clamp((int)(need.Rate * 60 / Sizes.RequestsPerTask), Sizes.LeastTasks, Sizes.MostIntakeTasks);
            var due = need.Rate * inputs.Retries;

            Add(table, inputs, need.Rate, PollingPlan.OfAll(Shards.Count, Math.Max(tasks, scaledOnRequests), due));

            if (need.Due.Shards > Shards.Count)
            {
                Add(table, inputs, need.Rate, PollingPlan.OfAll(need.Due.Shards, tasks, due));
            }

            Add(table, inputs, need.Rate, new PollingPlan(need.Due.Shards, tasks, due, Math.Min(tasks, FewPollers)));
        }

        return table;
    }

    private static void Add(MarkdownTable table, ScaleInputs inputs, double rate, PollingPlan plan)
    {
        var simulation = new PollingSimulation(plan, inputs.Seed).Run();
        var figures = simulation.Figures;
        var units = figures.ReadUnits / plan.Seconds;
        var dollars = ((units * Prices.ReadUnits) + (figures.Refused / plan.Seconds * Prices.WriteUnits)) * Prices.SecondsInMonth / Prices.Million;

        table.Add(
            MarkdownTable.Number(rate),
            MarkdownTable.Number(plan.DuePerSecond),
            MarkdownTable.Number(plan.Shards),
            MarkdownTable.Number(plan.Replicas),
            plan.PollersOfShard == plan.Replicas ? "all" : MarkdownTable.Number(plan.PollersOfShard),
            MarkdownTable.Number(figures.Queries / plan.Seconds),
            MarkdownTable.Number(units),
            MarkdownTable.Number(dollars),
            Share(figures.InVain, figures),
            Share(figures.Refused, figures),
            Seconds(figures.Late(0.5)),
            Seconds(figures.Late(0.99)),
            MarkdownTable.Number(simulation.Waiting));
    }

    /// <summary>For each that was dispatched.</summary>
    private static string Share(long count, PollingFigures figures) => figures.Dispatched == 0 ? "" : MarkdownTable.Number(count / (double)figures.Dispatched);

    private static string Seconds(double seconds) => seconds == 0 ? "" : seconds.ToString("0.00 s", CultureInfo.InvariantCulture);
}
