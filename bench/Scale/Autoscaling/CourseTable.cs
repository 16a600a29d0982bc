using Waybill.Bench.Scale.Needs;

namespace Waybill.Bench.Scale.Autoscaling;

/// <summary>Ten times the load for three hours: as deployed, and with two ways to do better.</summary>
internal static class CourseTable
{
    private const int AlarmSeconds = 120;
    private const int AlarmMinutes = 5;

    private static readonly LoadStep TenTimes = new(200, 2_000, 10, 190, 240);
    private static readonly LoadStep BeyondTheMost = new(1_000, 10_000, 10, 70, 240);
    private static readonly int[] Shown = [10, 12, 13, 14, 15, 16, 17, 18, 20, 25, 30, 45, 60, 75, 90, 120, 150, 180, 190, 210, 240];

    public static MarkdownTable Of(ScaleInputs inputs)
    {
        var table = new MarkdownTable("course", "minute", "arriving a second", "tasks", "backlog", "oldest, s", "tasks, with arrivals", "backlog", "oldest, s");
        var deployed = Run(inputs, ScalingRules.Deployed, TenTimes);
        var better = Run(inputs, WithArrivals(inputs), TenTimes);

        foreach (var minute in Shown)
        {
            var (one, other) = (deployed[minute - 1], better[minute - 1]);
            table.Add([MarkdownTable.Number(minute), MarkdownTable.Number(one.Arriving), .. Cells(one), .. Cells(other)]);
        }

        return table;
    }

    public static MarkdownTable Summary(ScaleInputs inputs)
    {
        var table = new MarkdownTable("summary", "load a second", "policy", "arrived", "delivered", "backlog at the end", "largest backlog", "oldest, s", $"minutes over {AlarmSeconds} s", "alarm", "task hours");
        var arrivals = WithArrivals(inputs);
        var eight = ScalingRules.Deployed with { LeastTasks = 8 };
        var many = arrivals with { MostTasks = 100 };

        Add(table, inputs, "200 → 2,000 for 3 h", "as deployed", ScalingRules.Deployed, TenTimes);
        Add(table, inputs, "200 → 2,000 for 3 h", "at least 8 tasks", eight, TenTimes);
        Add(table, inputs, "200 → 2,000 for 3 h", "with arrivals", arrivals, TenTimes);
        Add(table, inputs, "1,000 → 10,000 for 1 h", "as deployed", ScalingRules.Deployed, BeyondTheMost);
        Add(table, inputs, "1,000 → 10,000 for 1 h", "with arrivals, at most 100 tasks", many, BeyondTheMost);
        return table;
    }

    /// <summary>Kept to the same share of what a task can do as the other services.</summary>
    private static ScalingRules WithArrivals(ScaleInputs inputs) =>
        ScalingRules.Deployed with { ArrivalsPerTask = Tasks.OfWorker(inputs) * Infra.Services.Sizes.CpuPercent / 100 };

    private static IReadOnlyList<Moment> Run(ScaleInputs inputs, ScalingRules rules, LoadStep load) =>
        new ScalingSimulation(rules, load, Tasks.OfWorker(inputs)).Run();

    private static void Add(MarkdownTable table, ScaleInputs inputs, string name, string policy, ScalingRules rules, LoadStep load)
    {
        var moments = Run(inputs, rules, load);

        table.Add(
            name,
            policy,
            MarkdownTable.Number(moments[^1].Arrived),
            MarkdownTable.Number(moments[^1].Delivered),
            MarkdownTable.Number(moments[^1].Backlog),
            MarkdownTable.Number(moments.Max(moment => moment.Backlog)),
            MarkdownTable.Number(moments.Max(moment => moment.Age)),
            MarkdownTable.Number(moments.Count(IsOld)),
            IsAlarmed(moments) ? "`queue-age`" : "none",
            MarkdownTable.Number(moments.Sum(moment => moment.Tasks) / 60.0));
    }

    private static string[] Cells(Moment moment) =>
        [MarkdownTable.Number(moment.Tasks), MarkdownTable.Number(moment.Backlog), MarkdownTable.Number(moment.Age)];

    private static bool IsOld(Moment moment) => moment.Age > AlarmSeconds;

    private static bool IsAlarmed(IReadOnlyList<Moment> moments) =>
        Enumerable.Range(0, moments.Count - AlarmMinutes).Any(from => moments.Skip(from).Take(AlarmMinutes).All(IsOld));
}
