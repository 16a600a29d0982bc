using System.CommandLine;
using Microsoft.AspNetCore.Http;
using Waybill.Bench.Offering;
using Waybill.Bench.Receiving;
using Waybill.Bench.Reporting;
using Waybill.Bench.Running;
using Waybill.Bench.Systems;

namespace Waybill.Bench.Scenarios;

/// <summary>
/// A backlog for one host that takes 50 calls in any second and answers 429 to the others. It must never see more than 1.2 times
/// that in a second, and must be used to four fifths at least.
/// </summary>
internal static class PacedHost
{
    private const int Allowed = 50;
    private const int Most = 60;
    private const int Least = 40;

    /// <summary>The receiver's second address; the first takes the warm-up.</summary>
    private const string PacedAddress = "127.0.0.2";

    /// <summary>The rate is that of the backlog; the last ones are those that were refused and wait for their schedule.</summary>
    private const double Backlog = 0.95;

    public static Command Create()
    {
        var count = new Option<int>("--count")
        {
            Description = "Notifications, all posted at once.",
            DefaultValueFactory = _ => 2000,
        };

        var command = new Command("paced-host", "A backlog for a host that allows 50 calls a second; fails when it sees more than 60 or takes fewer than 40.") { count };
        var backend = new BackendOptions();
        backend.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(count), backend.Choice(parsed), cancellationToken));

        return command;
    }

    private static async Task<int> RunAsync(int count, BackendChoice backend, CancellationToken cancellationToken)
    {
        var limit = new RateLimit(Allowed);
        var scenario = new Scenario("paced-host", "") { Hosts = 2, Backend = backend };

        await using var receiver = await Receiver.StartAsync(
            scenario.Hosts,
            call => ValueTask.FromResult(call.Host == PacedAddress ? limit.Answer() : StatusCodes.Status200OK));
        await using var waybill = await WaybillUnderTest.StartAsync(scenario.Backend, scenario.Workers, scenario.Settings, cancellationToken);

        await LoadTo(receiver.Hosts[0]).RunAsync("warm-up", scenario.WarmUp, perSecond: null, cancellationToken);
        var load = await LoadTo(receiver.Hosts[1]).RunAsync("measured", count, perSecond: null, cancellationToken);

        return Tell(limit, load);

        LoadRun LoadTo(Uri host) => new(waybill, receiver, scenario with { Destination = (_, _) => new Destination(host) });
    }

    private static int Tell(RateLimit limit, LoadResult load)
    {
        var delivered = load.Records.Values.Count(record => record.DeliveredAt is not null);
        var drained = limit.TakenPerSecond(Backlog);
        var holds = limit.MostInASecond <= Most && drained >= Least && delivered == load.Offers.Count;

        Console.WriteLine(FormattableString.Invariant($"paced-host: {load.Offers.Count} notifications to a host that allows {Allowed} calls in any second"));
        Console.WriteLine(FormattableString.Invariant($"  most in a second   {limit.MostInASecond,6}       (at most {Most})"));
        Console.WriteLine(FormattableString.Invariant($"  drained per second {drained,8:0.0}     (at least {Least}; until {Backlog:0 %} were delivered)"));
        Console.WriteLine(FormattableString.Invariant($"  delivered          {delivered,6}       of {load.Offers.Count}, with {limit.Refused} of {limit.Seen} calls refused"));
        Console.WriteLine($"  {Machine.This}");
        Console.WriteLine(holds ? "held" : "NOT HELD");

        return holds ? 0 : 1;
    }
}
