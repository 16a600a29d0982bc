using System.CommandLine;
using Microsoft.AspNetCore.Http;
using Waybill.Bench.Receiving;
using Waybill.Bench.Reporting;
using Waybill.Bench.Running;
using Waybill.Bench.Systems;

namespace Waybill.Bench.Scenarios;

/// <summary>
/// An endpoint with a rate of its own, and three workers: first a backlog, then a quarter of the rate. No second may have more than 1.1 times the rate, a backlog must use 0.9 of it, and
/// tickets may take a write a second and worker, and none below a third.
/// </summary>
internal static class Paced
{
    /// <summary>Of the rate, in the second load.</summary>
    private const double Quiet = 0.25;

    public static Command Create()
    {
        var rates = new Option<int[]>("--rates")
        {
            Description = "Rates of the endpoint, calls a second; several are loads of their own.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [10, 50, 200],
        };

        rates.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int[]>() is var all && (all.Any(rate => rate is < 1 or > 1_000) || all.Distinct().Count() < all.Length))
            {
                result.AddError("--rates must be 1 to 1000, each once.");
            }
        });

        var seconds = new Option<int>("--seconds") { Description = "How long each load takes at least.", DefaultValueFactory = _ => 120 };
        var workers = new Option<int>("--workers") { Description = "Delivery workers, each a process.", DefaultValueFactory = _ => 3 };
        var output = OutputOption.Create();

        var command = new Command("paced", "An endpoint with a rate of its own, over three workers; fails when a second has more than 1.1 times the rate, or a backlog uses less than 0.9.") { rates, seconds, workers, output };
        var backend = new BackendOptions();
        backend.AddTo(command);

        command.SetAction((parsed, cancellationToken) => RunAsync(
            new Scenario("paced", "") { Hosts = 1, WarmUp = 600, Workers = parsed.GetValue(workers), Deadline = 60 + (3 * parsed.GetValue(seconds)), Backend = backend.Choice(parsed) },
            parsed.GetValue(rates)!,
            parsed.GetValue(seconds),
            parsed.GetValue(output)!,
            cancellationToken));

        return command;
    }

    private static async Task<int> RunAsync(Scenario scenario, int[] rates, int seconds, DirectoryInfo output, CancellationToken cancellationToken)
    {
        var times = new CallTimes();

        await using var receiver = await Receiver.StartAsync(scenario.Hosts, _ =>
        {
            times.Note();
            return ValueTask.FromResult(StatusCodes.Status200OK);
        });

        await using var waybill = await WaybillUnderTest.StartAsync(scenario.Backend, scenario.Workers, scenario.Settings, cancellationToken);
        using var run = new FanOutRun(waybill, receiver, scenario);
        var startedAt = DateTimeOffset.UtcNow;
        var figures = new List<PacedFigures>();

        await run.RunAsync("warm-up", endpoints: 1, scenario.WarmUp, perSecond: null, cancellationToken);
        Console.WriteLine($"paced: {scenario.Workers} workers, {scenario.Backend}; shares of the endpoint's rate, ticket writes a second and worker");

        foreach (var rate in rates)
        {
            await MeasureAsync(rate, offered: null, events: rate * seconds);
            await MeasureAsync(rate, rate * Quiet, (int)(rate * Quiet * seconds));
        }

        Console.WriteLine($"  {Machine.This}");
        Console.WriteLine($"kept as {ReportFiles.Write(output, "paced", startedAt, new { StartedAt = startedAt, Machine = Machine.This, scenario.Backend, scenario.Workers, Results = figures })}.json");

        return figures.TrueForAll(each => each.Holds) ? 0 : 1;

        async Task MeasureAsync(int rate, double? offered, int events)
        {
            times.Take();
            var result = await run.RunAsync($"paced-{rate}-{(offered is null ? "backlog" : "quiet")}", endpoints: 1, events, offered, cancellationToken, rate);
            figures.Add(PacedFigures.Of(rate, offered, result, times.Take(), scenario.Workers));
            Console.WriteLine(figures[^1]);
        }
    }
}
