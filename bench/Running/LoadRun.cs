using System.Diagnostics;
using Waybill.Bench.Measuring;
using Waybill.Bench.Offering;
using Waybill.Bench.Receiving;
using Waybill.Bench.Scenarios;
using Waybill.Bench.Systems;
using Waybill.Notifications.Records;

namespace Waybill.Bench.Running;

/// <summary>What one load did: each offer, the calls it caused, the records it left, and what it took.</summary>
/// <param name="Started">The moment the first post was due; a Stopwatch time, and the clock's.</param>
/// <param name="Use">From the first post until the last notification was final or the deadline came.</param>
internal sealed record LoadResult(
    long Started,
    DateTimeOffset StartedAt,
    IReadOnlyList<Offer> Offers,
    CallLog Calls,
    IReadOnlyDictionary<string, NotificationView> Records,
    Snapshot Use);

/// <summary>Offers a load to a running Waybill and waits until every accepted notification is final.</summary>
internal sealed class LoadRun(WaybillUnderTest waybill, Receiver receiver, Scenario scenario)
{
    /// <param name="perSecond">Null: all at once.</param>
    /// <param name="meanwhile">Begun with the load, and over before its use is read.</param>
    public async Task<LoadResult> RunAsync(string name, int count, double? perSecond, CancellationToken cancellationToken, Func<Task>? meanwhile = null)
    {
        await using var copies = scenario.CopiesMessages ? await QueueCopies.StartAsync(waybill.Backends) : null;
        using var client = new SubmissionClient(waybill.Intake.Url, WaybillUnderTest.Key, scenario.Connections);
        using var records = new Records(waybill);
        var calls = receiver.Expect(name, count);
        var load = new OpenLoop(client, scenario, receiver.Hosts, name, copies);

        var before = await Snapshot.TakeAsync(waybill, cancellationToken);
        var startedAt = DateTimeOffset.UtcNow;
        var started = Stopwatch.GetTimestamp();

        var beside = meanwhile?.Invoke() ?? Task.CompletedTask;
        var offers = await load.OfferAsync(count, perSecond, cancellationToken);
        await Finish.OfAsync(waybill, before, offers.Count(offer => offer.Id is not null), TimeSpan.FromSeconds(scenario.Deadline), cancellationToken);
        await beside;
        var after = await Snapshot.TakeAsync(waybill, cancellationToken);

        return new LoadResult(started, startedAt, offers, calls, await records.ReadAsync(startedAt, cancellationToken), after.Since(before));
    }
}
