using System.CommandLine;
using Waybill.Bench.Asking;
using Waybill.Bench.Reporting;
using Waybill.Bench.Running;
using Waybill.Bench.Storing;
using Waybill.Bench.Systems;

namespace Waybill.Bench.Scenarios;

/// <summary>
/// What questions cost among ten thousand notifications and among a million: the same, and no more than their limits. On the light backend alone, as the
/// emulators would take hours to store them.
/// </summary>
internal static class Questions
{
    public static Command Create()
    {
        var counts = new Option<int[]>("--count")
        {
            Description = "Notifications stored; several are runs of their own, which are compared.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [10_000, 1_000_000],
        };

        counts.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int[]>().Any(count => count < StoredSet.Fewest))
            {
                result.AddError($"--count must be {StoredSet.Fewest} at least.");
            }
        });

        var times = new Option<int>("--times") { Description = "How often each question is asked.", DefaultValueFactory = _ => 200 };
        var latency = new Option<double>("--latency") { Description = "Milliseconds that each call to DynamoDB takes longer; 0 by default." };
        var output = OutputOption.Create();

        var command = new Command("questions", "What lists, overviews and a bulk redelivery cost among many notifications; fails when one costs more than it may, or more among more.") { counts, times, latency, output };

        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(counts)!,
            parsed.GetValue(times),
            new BackendChoice(IsLight: true, parsed.GetValue(latency)),
            parsed.GetValue(output)!,
            cancellationToken));

        return command;
    }

    private static async Task<int> RunAsync(int[] counts, int times, BackendChoice backend, DirectoryInfo output, CancellationToken cancellationToken)
    {
        var startedAt = DateTimeOffset.UtcNow;
        var results = new List<AskingResult>();
        Console.WriteLine(FormattableString.Invariant($"questions: each {times} times, one after the other, {backend}"));

        foreach (var count in counts)
        {
            var result = await AskingRun.RunAsync(count, times, backend, cancellationToken);
            results.Add(result);
            Tell(result);
        }

        var differ = results.Skip(1).SelectMany(result => result.DifferFrom(results[0])).Distinct().ToArray();
        var holds = differ.Length == 0 && results.TrueForAll(result => result.Export.Holds && result.Figures.All(figures => figures.Hold));

        Console.WriteLine(differ.Length == 0 ? "  units are the same, whatever is stored" : $"  units DIFFER by what is stored: {string.Join("; ", differ)}");
        Console.WriteLine($"  {Machine.This}");
        Console.WriteLine($"kept as {ReportFiles.Write(output, "questions", startedAt, new { StartedAt = startedAt, Machine = Machine.This, Backend = backend, Times = times, Results = results })}.json");
        Console.WriteLine(holds ? "held" : "NOT HELD");

        return holds ? 0 : 1;
    }

    private static void Tell(AskingResult result)
    {
        Console.WriteLine(FormattableString.Invariant($"  among {result.Count:N0}, stored in {result.Seconds:0} s; {string.Join(", ", result.Processes.Select(process => FormattableString.Invariant($"{process.Name} {process.PeakMegabytes:0} MB")))}"));

        foreach (var figures in result.Figures)
        {
            Console.WriteLine($"    {figures}");
        }

        Console.WriteLine($"    {result.Export}");
    }
}
