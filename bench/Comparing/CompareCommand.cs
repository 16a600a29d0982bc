using System.CommandLine;
using System.Text.Json;
using Waybill.Bench.Reporting;
using Waybill.Bench.Running;
using Waybill.TestSupport;

namespace Waybill.Bench.Comparing;

/// <summary>The same design done plainly in Node, Waybill, and BullMQ on Redis, in turns on one machine.</summary>
internal static class CompareCommand
{
    private const string Node = "Node";
    private const double ShareOfFull = 1 / 3.0;

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create()
    {
        var turns = new Option<int>("--turns") { Description = "Turns of each.", DefaultValueFactory = _ => 3 };
        var scale = new Option<double>("--scale") { Description = "Share of each load's notifications; less than 1 only to try it.", DefaultValueFactory = _ => 1 };
        var only = new Option<string[]>("--only") { Description = "Of Node, Waybill, BullMQ; all by default.", AllowMultipleArgumentsPerToken = true };
        var rate = new Option<double?>("--rate") { Description = "Of the even load, each second; by default a third of what Node delivers in its first turn." };
        var set = new Option<string[]>("--set") { Description = "NAME=VALUE: a setting of Waybill's services, as an environment variable.", DefaultValueFactory = _ => [] };
        only.AcceptOnlyFromAmong(Node, "Waybill", "BullMQ");

        var command = new Command("compare", "Waybill beside the same design in Node and BullMQ on Redis: cold, even and full, one after the other in turns; medians.") { turns, scale, only, rate, set };
        var backend = new BackendOptions();
        backend.AddTo(command);

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = parsed.GetValue(set)!.Select(text => text.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1]);
            var contenders = Contenders(parsed.GetValue(only)!, backend.Choice(parsed), settings);
            var done = await RunAsync(contenders, parsed.GetValue(turns), parsed.GetValue(scale), parsed.GetValue(rate), cancellationToken);

            Console.WriteLine();
            Console.WriteLine($"{Machine.This}; {backend.Choice(parsed)}");
            Console.WriteLine(Comparison.Of(done));
            Keep(done);
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
            ("Waybill", token => WaybillContender.StartAsync(backend, settings, token)),
        ];

        if (RedisServer.Find() is { } redis)
        {
            all.Add(("BullMQ", token => NodePeer.StartBullMqAsync(redis, token)));
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
        double scale,
        double? rate,
        CancellationToken cancellationToken)
    {
        var done = new List<Turn>();

        for (var number = 1; number <= turns; number++)
        {
            foreach (var (name, start) in contenders)
            {
                var turn = await Turn.RunAsync(name, start, phases => (rate ??= ThirdOf(phases)) ?? 0, scale, cancellationToken);
                done.Add(turn);
                Tell(number, turn);
            }
        }

        return done;

        // Whoever comes first, which is Node where it takes part, sets the rate for all.
        static double? ThirdOf(IReadOnlyList<PhaseFigures> phases) => phases.FirstOrDefault(figures => figures.Phase == Phase.Full)?.DeliveredPerSecond * ShareOfFull;
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

    private static void Keep(List<Turn> turns)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "bench", "results"));
        var path = Path.Combine(folder.FullName, FormattableString.Invariant($"compare-{DateTime.UtcNow:yyyyMMdd-HHmmss}.json"));

        File.WriteAllText(path, JsonSerializer.Serialize(turns, Indented));
        Console.WriteLine($"kept as {path}");
    }
}
