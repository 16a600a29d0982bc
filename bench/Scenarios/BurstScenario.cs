using System.CommandLine;
using System.Diagnostics;
using Waybill.Bench.Checking;
using Waybill.Bench.Offering;
using Waybill.Bench.Receiving;
using Waybill.Bench.Reporting;

namespace Waybill.Bench.Scenarios;

/// <summary>Many notifications at once, to a receiver that answers at once: how fast are they taken, how fast delivered, is any lost?</summary>
internal sealed class BurstScenario(Target target, BurstSize size)
{
    public static Command Command()
    {
        var command = new Command("burst", "Offers a number of notifications as fast as they are taken, and waits until all are delivered and recorded.");
        var common = new CommonOptions();

        var count = Number("--count", "Notifications to offer.", 1000);
        var concurrency = Number("--concurrency", "Requests under way at a time; intake refuses more than 256.", 64);
        var warmUp = Number("--warm-up", "Notifications before the burst, which are not measured: a fresh process is slow at first.", 200);
        var bytes = Number("--bytes", "Size of each JSON payload.", 2048);

        common.AddTo(command);
        command.Options.Add(count);
        command.Options.Add(concurrency);
        command.Options.Add(warmUp);
        command.Options.Add(bytes);

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var size = new BurstSize(parsed.GetValue(count), parsed.GetValue(concurrency), parsed.GetValue(warmUp), parsed.GetValue(bytes));
            var report = await new BurstScenario(common.Target(parsed), size).RunAsync(cancellationToken);

            Console.WriteLine(common.AsJson(parsed) ? report.ToJson() : report.ToText());
            return report.IsComplete ? 0 : 1;
        });

        return command;
    }

    /// <summary>Posts, arrivals and 202s are all timed by this process, so no clocks are compared.</summary>
    private async Task<BurstReport> RunAsync(CancellationToken cancellationToken)
    {
        await using var receiver = await ArrivalReceiver.StartAsync(target.Receiver);
        using var client = new SubmissionClient(target, size.Concurrency);
        using var records = new Records(target);
        var submission = new Submission(receiver.Url, size.PayloadBytes);

        await MeasureAsync(size.WarmUp, submission, client, receiver, records, cancellationToken);
        return await MeasureAsync(size.Count, submission, client, receiver, records, cancellationToken);
    }

    private async Task<BurstReport> MeasureAsync(
        int count,
        Submission submission,
        SubmissionClient client,
        ArrivalReceiver receiver,
        Records records,
        CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var offers = await client.OfferAsync(submission, count, cancellationToken);
        var accepted = offers.Where(offer => offer.Id is not null).ToList();
        var ids = accepted.Select(offer => offer.Id!).ToList();

        await receiver.WaitForAsync(ids, target.Deadline, cancellationToken);
        var outcomes = await records.ReadAsync(ids, target.Deadline, cancellationToken);
        var recorded = Stopwatch.GetTimestamp();

        return BurstReport.Of(started, recorded, offers, receiver, outcomes);
    }

    private static Option<int> Number(string name, string description, int standard)
    {
        var option = new Option<int>(name)
        {
            Description = description,
            DefaultValueFactory = _ => standard,
        };

        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 0)
            {
                result.AddError($"{name} must not be negative.");
            }
        });

        return option;
    }
}

/// <param name="Concurrency">Requests under way at a time.</param>
/// <param name="WarmUp">Notifications before the measured ones.</param>
internal sealed record BurstSize(int Count, int Concurrency, int WarmUp, int PayloadBytes);
