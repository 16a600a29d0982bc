using System.CommandLine;
using System.CommandLine.Parsing;
using Waybill.Bench.Reporting;
using Waybill.Bench.Running;

namespace Waybill.Bench.Comparing;

/// <summary>The same design done plainly in Node, Waybill, and BullMQ on Redis, in turns on one machine.</summary>
internal static class CompareCommand
{
    private const string Node = "Node";
    private const string Waybill = "Waybill";
    private const string BullMq = "BullMQ";
    private const double LeastRate = 1;
    private const double ShareOfFull = 1 / 3.0;

    public static Command Create()
    {
        var turns = new Option<int>("--turns") { Description = "Turns of each.", DefaultValueFactory = _ => 3 };
        var scale = new Option<double>("--scale") { Description = "Share of each load's notifications; less than 1 only to try it.", DefaultValueFactory = _ => 1 };
        var only = new Option<string[]>("--only") { Description = "Of Node, Waybill, BullMQ; all by default.", AllowMultipleArgumentsPerToken = true };
        var rate = new Option<double?>("--rate") { Description = "Of the even load, each second; by default a third of what Node delivers in its first turn." };
        var until = new Option<string>("--until") { Description = "The last load of each turn.", DefaultValueFactory = _ => Phase.FullAndWarm };
        until.AcceptOnlyFromAmong([.. Phase.Names]);
        only.AcceptOnlyFromAmong(Node, Waybill, BullMq);
        turns.Validators.Add(result => Check(result, result.GetValueOrDefault<int>() >= 1, "--turns must be 1 at least."));
        scale.Validators.Add(result => Check(result, result.GetValueOrDefault<double>() is > 0 and <= 1, "--scale must be more than 0, and 1 at most."));
        rate.Validators.Add(result => Check(result, result.GetValueOrDefault<double?>() is null or >= LeastRate, "--rate must be 1 at least."));

        var command = new Command("compare", "Waybill beside the same design in Node and BullMQ on Redis: cold, even and full, one after the other in turns; medians.") { turns, scale, only, until, rate };
        var set = new SettingsOption();
        var backend = new BackendOptions();
        var output = OutputOption.Create();
        set.AddTo(command);
        backend.AddTo(command);
        command.Options.Add(output);

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var startedAt = DateTimeOffset.UtcNow;
            var contenders = Contenders(parsed.GetValue(only)!, backend.Choice(parsed), set.Over(new Dictionary<string, string>(), parsed));
            var done = await RunAsync(contenders, parsed.GetValue(turns), Phase.Turn(parsed.GetValue(scale), parsed.GetValue(until)!), parsed.GetValue(rate), cancellationToken);

            Console.WriteLine();
            Console.WriteLine($"{Machine.This}; {backend.Choice(parsed)}");
            Console.WriteLine(Comparison.Of(done));
            Console.WriteLine($"kept as {ReportFiles.Write(parsed.GetValue(output)!, command.Name, startedAt, done)}.json");
            return done.SelectMany(turn => turn.Phases).Sum(phase => phase.Missing) == 0 ? 0 : 1;
        });

        return command;
    }

    private static List<(string Name, Func<CancellationToken, Task<IContender>> Start)> Contenders(
        string[] only,
        Systems.BackendChoice backend,
        IReadOnlyDictionary<string, string> settings)
    {
        List<(string Name, Func<CancellationToken, Task<IContender>> Start)> all =
        [
            (Node, token => NodePeer.StartNodeAsync(backend, token)),
            (Waybill, token => WaybillContender.StartAsync(backend, settings, token)),
        ];

        if (RedisServer.Find() is { } redis)
        {
            all.Add((BullMq, token => NodePeer.StartBullMqAsync(redis, token)));
        }
        else
        {
            Console.Error.WriteLine("Without BullMQ: redis-server is not on the PATH.");
        }

        return [.. all.Where(contender => only.Length == 0 || only.Contains(contender.Name))];
    }

    private static async Task<List<Turn>> RunAsync(
        List<(string Name, Func<CancellationToken, Task<IContender>> Start)> contenders,
        int turns,
        IReadOnlyList<Phase> loads,
        double? rate,
        CancellationToken cancellationToken)
    {
        var done = new List<Turn>();

        for (var number = 1; number <= turns; number++)
        {
            foreach (var (name, start) in contenders)
            {
                var turn = await Turn.RunAsync(name, start, phases => rate ??= ThirdOf(phases), loads, cancellationToken);
                done.Add(turn);
                Tell(number, turn);
            }
        }

        return done;

        // Whoever comes first, which is Node where it takes part, sets the rate for all.
        static double ThirdOf(IReadOnlyList<PhaseFigures> phases) => Math.Max(LeastRate, phases.Single(figures => figures.Phase == Phase.Full).DeliveredPerSecond * ShareOfFull);
    }

    private static void Tell(int number, Turn turn)
    {
        Console.WriteLine(FormattableString.Invariant($"turn {number}, {turn.Contender}: serves after {turn.StartSeconds:0.0} s, at most {turn.PeakMegabytes:0} MB in a process"));

        foreach (var phase in turn.Phases)
        {
            Console.WriteLine(FormattableString.Invariant(
                $"  {phase.Phase,-20} {phase.CpuMilliseconds,7:0.00} ms CPU, backend {phase.BackendCpuMilliseconds:0.00}   {phase.DeliveredPerSecond,6:0}/s   202 p50 {phase.Accepted.P50:0.0} p99 {phase.Accepted.P99:0.0}   to receiver p99 {phase.Received.P99:0.0} ms   {phase.Missing} missing"));
        }
    }

    private static void Check(SymbolResult result, bool holds, string allowed)
    {
        if (!holds)
        {
            result.AddError(allowed);
        }
    }
}
