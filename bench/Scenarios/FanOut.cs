using System.CommandLine;
using Waybill.Bench.Asking;
using Waybill.Bench.Receiving;
using Waybill.Bench.Reporting;
using Waybill.Bench.Running;
using Waybill.Bench.Systems;

namespace Waybill.Bench.Scenarios;

/// <summary>
/// Events that so many endpoints take, and beside each as many direct notifications: what a delivered one costs by either way. The two alternate on one Waybill, so
/// that what else the machine does hits both.
/// </summary>
internal static class FanOut
{
    /// <summary>Of a tenant, so that the bound of Waybill is among what is measured.</summary>
    private const int MostEndpoints = 100;

    /// <summary>With ten endpoints each, stored beside the one that is asked about.</summary>
    private const int ManyTenants = 10_000;

    public static Command Create()
    {
        var endpoints = new Option<int[]>("--endpoints")
        {
            Description = "Endpoints that take each event; several are loads of their own.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [1, 3, 20, MostEndpoints],
        };

        endpoints.Validators.Add(result =>
        {
            // Each load's keys are named by it: of the second one all would be repeats.
            if (result.GetValueOrDefault<int[]>() is var counts && (counts.Any(count => count is < 1 or > MostEndpoints) || counts.Distinct().Count() < counts.Length))
            {
                result.AddError($"--endpoints must be 1 to {MostEndpoints}, each once.");
            }
        });

        var count = new Option<int>("--count") { Description = "Notifications of each load; an event makes as many as it has endpoints.", DefaultValueFactory = _ => 4000 };
        var rate = new Option<double>("--rate") { Description = "Notifications per second; 0: all at once." };
        var bytes = new Option<int>("--bytes") { Description = "Size of each JSON payload.", DefaultValueFactory = _ => 2048 };
        var warmUp = new Option<int>("--warm-up") { Description = "Notifications of each way beforehand, not measured.", DefaultValueFactory = _ => 2000 };
        var output = OutputOption.Create();

        var command = new Command("fan-out", "What a delivered notification of an event costs, by how many endpoints take the event, beside one that is posted to a URL.") { endpoints, count, rate, bytes, warmUp, output };
        var backend = new BackendOptions();
        backend.AddTo(command);

        command.SetAction((parsed, cancellationToken) => RunAsync(
            new Scenario("fan-out", "")
            {
                Count = parsed.GetValue(count),
                PerSecond = parsed.GetValue(rate) is > 0 and var perSecond ? perSecond : null,
                PayloadBytes = parsed.GetValue(bytes),
                WarmUp = parsed.GetValue(warmUp),
                Backend = backend.Choice(parsed),
            },
            parsed.GetValue(endpoints)!,
            parsed.GetValue(output)!,
            cancellationToken));

        return command;
    }

    private static async Task<int> RunAsync(Scenario scenario, int[] endpoints, DirectoryInfo output, CancellationToken cancellationToken)
    {
        await using var receiver = await Receiver.StartAsync(scenario.Hosts, answer: null);
        await using var waybill = await WaybillUnderTest.StartAsync(scenario.Backend, scenario.Workers, scenario.Settings, cancellationToken);
        using var fanOut = new FanOutRun(waybill, receiver, scenario);
        var direct = new LoadRun(waybill, receiver, scenario);

        if (scenario.WarmUp > 0)
        {
            await direct.RunAsync("warm-up", scenario.WarmUp, perSecond: null, cancellationToken);
            await fanOut.RunAsync("warm-up-events", endpoints: 2, scenario.WarmUp / 2, perSecond: null, cancellationToken);
        }

        var startedAt = DateTimeOffset.UtcNow;
        var figures = new List<FanOutFigures>();
        Console.WriteLine(FormattableString.Invariant($"fan-out: {scenario.Count} notifications of {scenario.PayloadBytes} bytes by each way, {scenario.Backend}; for each delivered one"));

        foreach (var count in endpoints)
        {
            var events = Math.Max(1, scenario.Count / count);
            var result = await fanOut.RunAsync($"fan-out-{count}", count, events, scenario.PerSecond, cancellationToken);
            var posts = await direct.RunAsync($"direct-{count}", events * count, scenario.PerSecond, cancellationToken);

            figures.Add(FanOutFigures.Of(result, posts));
            Console.WriteLine(figures[^1]);
        }

        var matching = new List<MatchingFigures>();

        foreach (var tenants in new[] { 1, ManyTenants })
        {
            matching.Add(await MatchingRun.RunAsync(tenants, cancellationToken));
            Console.WriteLine(matching[^1]);
        }

        Console.WriteLine($"  {Machine.This}");
        Console.WriteLine($"kept as {ReportFiles.Write(output, "fan-out", startedAt, new { StartedAt = startedAt, Machine = Machine.This, scenario.Backend, scenario.PayloadBytes, Results = figures, Matching = matching })}.json");

        return figures.TrueForAll(each => each.IsComplete) && matching[0].ReadUnits == matching[1].ReadUnits ? 0 : 1;
    }
}
