using System.CommandLine;
using Waybill.Bench.Reporting;
using Waybill.Bench.Scenarios;

namespace Waybill.Bench.Running;

/// <summary>A scenario as a command, with options for its numbers.</summary>
internal static class ScenarioCommand
{
    public static Command Of(Scenario scenario)
    {
        var command = new Command(scenario.Name, scenario.Description);
        var options = new ScenarioOptions(scenario);
        options.AddTo(command);

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var plan = options.Plan(parsed);
            var reports = new List<Report>();

            for (var run = 1; run <= plan.Repeat; run++)
            {
                var report = await ScenarioRun.RunAsync(plan.Scenario, cancellationToken);
                var path = ReportFiles.Write(plan.Output, report);
                reports.Add(report);

                Console.WriteLine(TextReport.Of(report));
                Console.WriteLine($"kept as {path}.json and .svg");
                Console.WriteLine();
            }

            if (reports.Count > 1)
            {
                Console.WriteLine(Spread.Of(reports));
            }

            return reports.TrueForAll(report => report.Counts.AreEqual) ? 0 : 1;
        });

        return command;
    }
}
