using Waybill.Infra.Services;

namespace Waybill.Bench.Scale.Needs;

/// <summary>What is deployed can take, before and after it has scaled: notifications a second.</summary>
internal static class CapacityTable
{
    private const double All = 100.0 / Sizes.CpuPercent;

    public static MarkdownTable Of(ScaleInputs inputs)
    {
        var table = new MarkdownTable("capacity", "service", $"one task at {Sizes.CpuPercent} % CPU", $"{Sizes.LeastTasks} tasks at full CPU", "most tasks", $"all of them at {Sizes.CpuPercent} % CPU");

        Add(table, "intake", Tasks.ByCpu(inputs, inputs.Cpu.Intake), Sizes.MostIntakeTasks);
        Add(table, "status", Tasks.ByCpu(inputs, inputs.Cpu.Status), Sizes.MostStatusTasks);
        Add(table, "worker, by CPU", Tasks.ByCpu(inputs, inputs.Cpu.Worker), Sizes.MostWorkerTasks);
        AddPlaces(table, inputs);
        return table;
    }

    private static void Add(MarkdownTable table, string service, double each, int most) => table.Add(
        service,
        MarkdownTable.Number(each),
        MarkdownTable.Number(each * All * Sizes.LeastTasks),
        MarkdownTable.Number(most),
        MarkdownTable.Number(each * most));

    private static void AddPlaces(MarkdownTable table, ScaleInputs inputs)
    {
        var each = Tasks.ByPlaces(inputs);

        table.Add(
            "worker, by its places for calls",
            MarkdownTable.Number(each),
            MarkdownTable.Number(each * Sizes.LeastTasks),
            MarkdownTable.Number(Sizes.MostWorkerTasks),
            MarkdownTable.Number(each * Sizes.MostWorkerTasks));
    }
}
