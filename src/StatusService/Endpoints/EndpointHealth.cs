using Microsoft.Extensions.Options;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Endpoints;

/// <summary>
/// Notes what a result changes about its endpoint. What the claim saw of that comes with the result, so one that is well and stays so costs neither a read nor
/// a write; a change is one conditional write, on what was seen. What is missed, as the table is away or somebody else was faster, the next result makes good.
/// </summary>
internal sealed partial class EndpointHealth(EndpointStore store, EndpointMoves moves, TimeProvider time, IOptions<EndpointOptions> options, ILogger<EndpointHealth> logger)
{
    private const int Gone = 410;

    /// <summary>How far <see cref="EndpointRecord.LastSuccessAt"/> may be behind.</summary>
    private static readonly TimeSpan SuccessIsNews = TimeSpan.FromHours(1);

    /// <summary>
    /// An endpoint that now and then fails would be failing and well again all the time: a failure that comes so soon after a success that this process knows of says nothing yet.
    /// </summary>
    private static readonly TimeSpan Steady = TimeSpan.FromMinutes(1);

    private readonly EndpointMemory _successes = new(time);
    private readonly EndpointMemory _noted = new(time);

    /// <summary>Never fails: the result is recorded.</summary>
    public async Task NoteAsync(EndpointSeen seen, string notificationId, DeliveryResult result, CancellationToken cancellationToken)
    {
        try
        {
            await (result.Success ? SucceededAsync(seen, cancellationToken) : FailedAsync(seen, notificationId, result, cancellationToken));
        }
        catch (Exception exception) when (exception is TableUnavailableException or RecordTroubleException)
        {
            Log.NotNoted(logger, seen.Key.Id, exception.Message);
        }
    }

    private Task SucceededAsync(EndpointSeen seen, CancellationToken cancellationToken)
    {
        _successes.Note(seen.Key.Id);

        if (seen.Disabled)
        {
            return RevivedAsync(seen, cancellationToken);
        }

        if (seen.Warned)
        {
            return moves.TryAsync(seen.Key, EndpointTransitionTable.NoteWell, version: null, EndpointStates.Recovered, cancellationToken);
        }

        var isNews = seen.LastSuccessAt is not { } last || time.GetUtcNow() - last >= SuccessIsNews;

        return seen.FailingSince is not null || (isNews && !_noted.IsRecent(seen.Key.Id, SuccessIsNews)) ? WellAsync(seen, cancellationToken) : Task.CompletedTask;
    }

    /// <summary>A probe, or a test, of one that was disabled not by its owner.</summary>
    private Task RevivedAsync(EndpointSeen seen, CancellationToken cancellationToken) => moves.TryAsync(
        seen.Key,
        EndpointTransitionTable.Enable,
        version: null,
        (endpoint, now) => endpoint.DisabledReason == DisableReasons.ByOwner ? null : EndpointStates.Enabled(EndpointStates.Recovered(endpoint, now)),
        cancellationToken);

    private async Task WellAsync(EndpointSeen seen, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var change = new EndpointChange(EndpointTransitionTable.NoteWell, now, version: null)
            .Set(EndpointField.LastSuccessAt, StoredValue.Of(now))
            .OnlyIf(StoredNames.EndpointItem.LastSuccessAt, Stored(seen.LastSuccessAt))
            .OnlyIf(StoredNames.EndpointItem.FailingSince, Stored(seen.FailingSince));

        if (seen.FailingSince is not null)
        {
            change
                .Fails(null, null)
                .Due(seen.Key.Owner, null)
                .OnlyIf(StoredNames.EndpointItem.Owed, null)
                .OnlyIf(StoredNames.EndpointItem.PausedUntil, null);
        }

        if (!await ApplyAsync(seen.Key, change, cancellationToken) && seen.FailingSince is not null)
        {
            // Somebody else was faster, or there is more to it than the claim saw.
            await moves.TryAsync(seen.Key, EndpointTransitionTable.NoteWell, version: null, (endpoint, at) => endpoint.FailingSince is null ? null : EndpointStates.Recovered(endpoint, at), cancellationToken);
        }
    }

    private async Task FailedAsync(EndpointSeen seen, string notificationId, DeliveryResult result, CancellationToken cancellationToken)
    {
        if (seen.Disabled || IsNoFaultOfTheEndpoint(result))
        {
            return;
        }

        var now = time.GetUtcNow();
        var trouble = new EndpointTrouble(notificationId, result.Category, now, result.StatusCode, result.ErrorDetails?.Code);

        if (result.StatusCode == Gone)
        {
            await moves.TryAsync(
                seen.Key,
                EndpointTransitionTable.Disable,
                version: null,
                (endpoint, at) => endpoint.Status == EndpointStatus.Disabled ? null : EndpointStates.Disabled(endpoint, DisableReasons.Gone, at) with { FailingSince = endpoint.FailingSince ?? at, Trouble = trouble },
                cancellationToken);
        }
        else if (seen.FailingSince is null && !_successes.IsRecent(seen.Key.Id, SteadyFor) && !_noted.IsRecent(seen.Key.Id, SteadyFor))
        {
            await FailingAsync(seen, trouble, now, cancellationToken);
        }
    }

    private TimeSpan SteadyFor => options.Value.DisableAfter / 10 < Steady ? options.Value.DisableAfter / 10 : Steady;

    private Task<bool> FailingAsync(EndpointSeen seen, EndpointTrouble trouble, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Its last success is what the claim saw, so that none is overlooked that came since.
        var change = new EndpointChange(EndpointTransitionTable.NoteFailing, now, version: null)
            .Fails(now, trouble)
            .Due(seen.Key.Owner, now + (seen.Warned ? options.Value.DisableAfter : options.Value.WarnAfter))
            .OnlyIf(StoredNames.EndpointItem.FailingSince, null)
            .OnlyIf(StoredNames.EndpointItem.LastSuccessAt, Stored(seen.LastSuccessAt))
            .OnlyIf(StoredNames.DueAt, null);

        return ApplyAsync(seen.Key, change, cancellationToken);
    }

    /// <summary>Written or refused, it is known here for a while: one try in that time is enough.</summary>
    private async Task<bool> ApplyAsync(Notifications.StatusApi.Endpoints.EndpointKey key, EndpointChange change, CancellationToken cancellationToken)
    {
        _noted.Note(key.Id);
        var (applied, endpoint) = await store.ApplyAsync(key, change, cancellationToken);

        if (applied)
        {
            moves.Tell(change.Row, endpoint!);
        }

        return applied;
    }

    /// <summary>Waybill itself could not sign.</summary>
    private static bool IsNoFaultOfTheEndpoint(DeliveryResult result) => result.ErrorDetails?.Code == ErrorDetails.SecretSealed;

    private static Amazon.DynamoDBv2.Model.AttributeValue? Stored(DateTimeOffset? time) => time is { } one ? StoredValue.Of(one) : null;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "What a result says of {EndpointId} is not noted; the next one will say it. {Reason}")]
        public static partial void NotNoted(ILogger logger, string endpointId, string reason);
    }
}
