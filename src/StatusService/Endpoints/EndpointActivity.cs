using Waybill.Notifications.Endpoints;
using Waybill.StatusService.Store.Partitions;
using Waybill.StatusService.Store.Recent;

namespace Waybill.StatusService.Endpoints;

/// <summary>Counts what an endpoint got, from keys of indexes alone.</summary>
internal sealed class EndpointActivity(EndpointIndex index, FailedIndex failed, TimeProvider time)
{
    /// <summary>Keys read for one answer; some 1,500 read units.</summary>
    private const int Most = 100_000;

    public async Task<EndpointCounts> OfLastDayAsync(EndpointRecord endpoint, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var from = now.AddDays(-1).ToUnixTimeMilliseconds();
        var start = RecentPosition.Before(now.AddMinutes(1).ToUnixTimeMilliseconds());
        var mark = FailedKey.Mark(endpoint.Id);
        var (accepted, failures, seen) = (0, 0, 0);

        await foreach (var (entries, _) in index.ReadAsync(new IndexScope(endpoint.Owner, EndpointId: endpoint.Id), start, from, Most, cancellationToken))
        {
            accepted += entries.Count;

            if (accepted >= Most)
            {
                break;
            }
        }

        await foreach (var (entries, _) in failed.ReadAsync(new IndexScope(endpoint.Owner), start, from, Most, cancellationToken))
        {
            failures += entries.Count(entry => entry.Failure!.Endpoint == mark);
            seen += entries.Count;

            if (seen >= Most)
            {
                break;
            }
        }

        return new EndpointCounts(accepted, failures, Complete: accepted < Most && seen < Most);
    }
}

/// <summary>Of the last day.</summary>
/// <param name="Accepted">Notifications that were made for it.</param>
/// <param name="Failed">Those that failed for good in that time, and still are so.</param>
/// <param name="Complete">False: there are at least as many.</param>
internal sealed record EndpointCounts(int Accepted, int Failed, bool Complete);

/// <summary>An endpoint, and what came of the last day's notifications.</summary>
internal sealed record EndpointDetails : EndpointView
{
    /// <summary>As JSON text.</summary>
    public static string ExampleWithCounts { get; } = EndpointExample.Failing.Replace("\n}", ",\n  \"lastDay\": { \"accepted\": 4711, \"failed\": 2, \"complete\": true }\n}", StringComparison.Ordinal);

    public required EndpointCounts LastDay { get; init; }

    public static EndpointDetails Of(EndpointRecord endpoint, DateTimeOffset now, EndpointCounts lastDay) => new(EndpointView.Of(endpoint, now), lastDay);

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    private EndpointDetails(EndpointView view, EndpointCounts lastDay)
        : base(view)
    {
        LastDay = lastDay;
    }
}
