using Microsoft.Extensions.Options;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.Notifications.Telemetry;
using Waybill.StatusService.Callbacks;

namespace Waybill.StatusService.Endpoints;

/// <summary>Changes that are decided on the endpoint as it is: read, decided, written if it still is so, and else decided anew.</summary>
internal sealed partial class EndpointMoves(EndpointStore store, CallbackSubscriptions callbacks, TimeProvider time, IOptions<EndpointOptions> options, ILogger<EndpointMoves> logger)
{
    /// <summary>How often it looks again when somebody has changed the endpoint since it was read.</summary>
    private const int Tries = 8;

    /// <param name="version">The version that it was decided on; null: whatever it is.</param>
    /// <param name="decide">What it is to be, but for the status and the next look, which are the row's and that state's; null: there is nothing to do.</param>
    /// <returns>Not applied: the row does not start there, its version is another one, or there is nothing to do. Without an endpoint: there is none, or not any more.</returns>
    public async Task<EndpointOutcome> TryAsync(EndpointKey key, EndpointTransition row, int? version, Func<EndpointRecord, DateTimeOffset, EndpointRecord?> decide, CancellationToken cancellationToken)
    {
        EndpointRecord? endpoint = null;

        for (var tries = 0; tries < Tries; tries++)
        {
            endpoint = await store.GetAsync(key, cancellationToken);

            if (endpoint is not { IsDeleted: false })
            {
                return new EndpointOutcome(false, null);
            }

            var now = time.GetUtcNow();

            if (!row.From.Contains(endpoint.Status) || (version is { } asked && asked != endpoint.Version) || decide(endpoint, now) is not { } decided)
            {
                break;
            }

            var after = decided with { Status = row.To ?? endpoint.Status, Owed = await OwedAsync(endpoint, decided, cancellationToken) };
            var change = EndpointChange.Between(row, endpoint, after with { DueAt = NextLook.Of(after, options.Value, now) }, now, version);
            var (applied, written) = await store.ApplyAsync(key, change, cancellationToken);

            if (applied)
            {
                Tell(row, written!);
                return new EndpointOutcome(true, new EndpointAnswer(written));
            }
        }

        return new EndpointOutcome(false, new EndpointAnswer(endpoint));
    }

    /// <summary>What nobody wants to be told of is not owed, nor are callbacks about callbacks.</summary>
    private async Task<IReadOnlyList<OwedNews>> OwedAsync(EndpointRecord before, EndpointRecord after, CancellationToken cancellationToken)
    {
        var owed = new List<OwedNews>(after.Owed.Count);

        foreach (var news in after.Owed)
        {
            if (before.Owed.Contains(news) || OwedKinds.CallbackOf(news.What) is not { } type || (after.Tenant != Tenants.Reserved && await callbacks.TakesAsync(after.Owner, type, cancellationToken)))
            {
                owed.Add(news);
            }
        }

        return owed;
    }

    /// <summary>Of a change that was written without this.</summary>
    public void Tell(EndpointTransition row, EndpointRecord endpoint)
    {
        WaybillMetrics.EndpointChanged(row, row == EndpointTransitionTable.Disable ? endpoint.DisabledReason : null);
        Log.Applied(logger, row.Name, endpoint.Id, endpoint.Tenant, endpoint.Owner, endpoint.Status.Text(), endpoint.DisabledReason, endpoint.Version);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Transition} of {EndpointId}, tenant {Tenant} of {Owner}: {Status} {Reason}, version {Version}.")]
        public static partial void Applied(ILogger logger, string transition, string endpointId, string tenant, string owner, string status, string? reason, int version);
    }
}
