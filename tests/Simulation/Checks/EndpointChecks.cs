using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;
using Waybill.Simulation.Engine;
using Waybill.Simulation.Processes;
using Waybill.Simulation.Runs;
using Waybill.StatusService.Endpoints;
using Waybill.StatusService.Store.Items;

namespace Waybill.Simulation.Checks;

/// <summary>
/// What must hold of the states of endpoints: who is paused or disabled is not called, those that are not well are looked at, and no others; one that fails is disabled after
/// its time and not before, probed once a period, and enabled by a 2xx.
/// </summary>
internal sealed class EndpointChecks(World world)
{
    /// <summary>What the fastest clock is ahead of true time, and the slowest behind it, at most.</summary>
    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(1);

    /// <summary>How long what was decided may be on its way to the table, with its retries.</summary>
    private static readonly TimeSpan LongestWay = TimeSpan.FromSeconds(30);

    /// <summary>The one with which a failure began may have started that long before.</summary>
    private static readonly TimeSpan LongestAttempt = TimeSpan.FromSeconds(62);

    private readonly Dictionary<string, List<(TimeSpan At, int? StatusCode)>> _answers = [];
    private readonly Dictionary<string, List<TimeSpan>> _successes = [];
    private readonly Dictionary<(string EndpointId, DateTimeOffset Since), int> _probes = [];

    private DateTimeOffset Now => SimulatedClock.Start + world.Loop.Now;

    private EndpointOptions Options => world.Scenario.Endpoints;

    /// <summary>Whether an attempt may be made at one that was like that when it was claimed.</summary>
    public bool MayCall(EndpointRecord endpoint, string eventId, string notificationId) =>
        endpoint.Status == EndpointStatus.Active
        || (endpoint.Status == EndpointStatus.Paused && endpoint.PausedUntil <= Now + MostSkew)
        || endpoint.Probe == notificationId
        || EventItem.IsTest(world.Table.Find(EventItem.Key(eventId))!);

    /// <summary>A receiver was called, and is about to answer that.</summary>
    public void Called(string endpointId, Reply reply) => At(_answers, endpointId).Add((world.Loop.Now, reply.StatusCode));

    /// <summary>As each write leaves an endpoint.</summary>
    public void Written(EndpointRecord? before, EndpointRecord endpoint, Item item, Cause cause)
    {
        foreach (var problem in Place(endpoint, item).Concat(before is null ? [] : Move(before, endpoint, cause)))
        {
            world.Checks.Report($"{endpoint.Id}: {problem}");
        }
    }

    /// <summary>A notification of an event was delivered.</summary>
    public void Succeeded(string endpointId) => At(_successes, endpointId).Add(world.Loop.Now);

    /// <summary>A notification is delivered again as its endpoint's probe.</summary>
    public void Probed(NotificationRecord record)
    {
        var endpointId = record.Event!.EndpointId;
        var noted = world.Tenant.Since(endpointId, world.Loop.Now - LongestWay).LastOrDefault(endpoint => endpoint.Probe == record.Id);

        if (noted is not { StatusSince: { } since })
        {
            world.Checks.Report($"{record.Id} is delivered again as a probe of {endpointId}, which does not say so.");
            return;
        }

        var probes = _probes[(endpointId, since)] = _probes.GetValueOrDefault((endpointId, since)) + 1;

        if (Now + (2 * MostSkew) < since + (probes * Options.ProbeEvery))
        {
            world.Checks.Report($"{endpointId} is probed for the {probes}. time after {(Now - since).TotalSeconds:0.0} s, and is to be once in {Options.ProbeSeconds} s.");
        }
    }

    /// <returns>What is wrong once all is over: the owner has resumed and enabled all, and all receivers answer well.</returns>
    public IEnumerable<string> AtEnd()
    {
        foreach (var endpoint in world.Tenant.EndpointIds.Select(world.Tenant.Current).Where(endpoint => !endpoint.IsDeleted))
        {
            if (endpoint.Status != EndpointStatus.Active || endpoint.FailingSince is not null || endpoint.Owed.Count > 0 || endpoint.DueAt is not null)
            {
                yield return $"{endpoint.Id} is {endpoint.Status} {endpoint.DisabledReason}, failing since {endpoint.FailingSince:mm:ss}, due {endpoint.DueAt:mm:ss}, owes {endpoint.Owed.Count}, and answers well.";
            }
        }
    }

    /// <summary>Those that are not well stand in the watch, and none besides.</summary>
    private static IEnumerable<string> Place(EndpointRecord endpoint, Item item)
    {
        var isNotWell = endpoint.Status == EndpointStatus.Paused || endpoint.Status == EndpointStatus.Disabled || endpoint.FailingSince is not null || endpoint.Owed.Count > 0;
        var expected = isNotWell && !endpoint.IsDeleted ? Shards.Watch(endpoint.Owner) : null;

        if (item.Text(StoredNames.DueShard) != expected || endpoint.DueAt is null != expected is null)
        {
            yield return $"{endpoint.Status}, failing since {endpoint.FailingSince:mm:ss}, owes {endpoint.Owed.Count}: it is due {endpoint.DueAt:mm:ss} in '{item.Text(StoredNames.DueShard)}', which should be '{expected}'.";
        }
    }

    private IEnumerable<string> Move(EndpointRecord before, EndpointRecord endpoint, Cause cause)
    {
        if (endpoint.Status == EndpointStatus.Disabled && endpoint.StatusSince != before.StatusSince)
        {
            foreach (var problem in Disabled(endpoint))
            {
                yield return problem;
            }
        }

        if (before.Status == EndpointStatus.Disabled && endpoint.Status == EndpointStatus.Active && cause.Route != EndpointRoute && !(cause.Route == StatusClient.Result && AnsweredWell(endpoint.Id)))
        {
            yield return $"It is enabled by {cause.Route} of {cause.NotificationId}, and no attempt has succeeded.";
        }

        if (before.FailingSince is null && endpoint.FailingSince is not null && (cause.Route != StatusClient.Result || At(_answers, endpoint.Id).Count == 0))
        {
            yield return $"It fails, says {cause.Route}, and was never called.";
        }

        if (before.Status == EndpointStatus.Paused && endpoint.Status == EndpointStatus.Active && cause.Route == Cause.Upkeep && before.PausedUntil > Now + MostSkew)
        {
            yield return $"Its pause until {before.PausedUntil:mm:ss} ended early.";
        }
    }

    private IEnumerable<string> Disabled(EndpointRecord endpoint)
    {
        if (endpoint.DisabledReason == DisableReasons.Gone && !At(_answers, endpoint.Id).Exists(answer => answer.StatusCode == 410))
        {
            yield return "It is disabled as gone, and never answered 410.";
        }

        if (endpoint.DisabledReason != DisableReasons.Failing)
        {
            yield break;
        }

        if (endpoint.FailingSince is not { } since || Now - since < Options.DisableAfter - (2 * MostSkew))
        {
            yield return $"It is disabled, and has failed since {endpoint.FailingSince:mm:ss.fff} only.";
            yield break;
        }

        var from = since - SimulatedClock.Start - LongestAttempt;

        // Only successes whose answers are counted, too.
        var attempts = At(_answers, endpoint.Id).Count(answer => answer.At >= from) - At(_successes, endpoint.Id).Count(success => success >= from + LongestAttempt);

        if (attempts < Options.DisableAfterAttempts)
        {
            yield return $"It is disabled after {attempts} attempts that failed since {since:mm:ss}, and {Options.DisableAfterAttempts} must have.";
        }

        if (At(_successes, endpoint.Id).Find(success => success > since - SimulatedClock.Start + MostSkew && success < world.Loop.Now - LongestWay) is { Ticks: > 0 } success)
        {
            yield return $"It is disabled as failing since {since:mm:ss.fff}, and an attempt succeeded at {SimulatedClock.Start + success:mm:ss.fff}.";
        }
    }

    private bool AnsweredWell(string endpointId) => At(_answers, endpointId).Exists(answer => answer.StatusCode is >= 200 and <= 299);

    /// <summary>Of a change that its owner asks for.</summary>
    private const string EndpointRoute = "endpoint";

    private static List<T> At<T>(Dictionary<string, List<T>> lists, string key)
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists[key] = list = [];
        }

        return list;
    }
}
