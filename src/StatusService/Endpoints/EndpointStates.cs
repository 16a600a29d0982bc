using Waybill.Notifications.Endpoints;
using Waybill.Notifications.StatusApi.Endpoints;

namespace Waybill.StatusService.Endpoints;

/// <summary>Pauses, resumes, disables and enables endpoints, as owners ask for it.</summary>
internal sealed class EndpointStates(EndpointMoves moves)
{
    /// <summary>
    /// What was held is looked for once more after that time: an index may lag, and what was taken in at the same moment may be stored only then.
    /// </summary>
    private static readonly TimeSpan LookForHeldAgain = TimeSpan.FromMinutes(1);

    /// <summary>What comes from now on is held until then. A shorter pause than before makes due what is held already, which is held anew for the shorter time.</summary>
    public Task<EndpointOutcome> PauseAsync(EndpointStateRequest request, CancellationToken cancellationToken) => moves.TryAsync(
        request.Key,
        EndpointTransitionTable.Pause,
        request.Version,
        (endpoint, now) =>
        {
            var paused = endpoint with
            {
                PausedUntil = request.Until,
                StatusSince = endpoint.StatusAt(now) == EndpointStatus.Paused ? endpoint.StatusSince : now,
            };

            return endpoint.PausedUntil > request.Until ? ReleasesHeld(paused, now) : paused;
        },
        cancellationToken);

    /// <summary>What was held is made due by a job, at its pace.</summary>
    public Task<EndpointOutcome> ResumeAsync(EndpointStateRequest request, CancellationToken cancellationToken) => moves.TryAsync(
        request.Key,
        EndpointTransitionTable.Resume,
        request.Version,
        (endpoint, now) => ReleasesHeld(Unpaused(endpoint), now),
        cancellationToken);

    /// <summary>What was held comes up, and is on record as failed.</summary>
    public Task<EndpointOutcome> DisableAsync(EndpointStateRequest request, CancellationToken cancellationToken) => moves.TryAsync(
        request.Key,
        EndpointTransitionTable.Disable,
        request.Version,
        (endpoint, now) => Disabled(endpoint, DisableReasons.ByOwner, now),
        cancellationToken);

    /// <summary>Whether it is well again is known, and told, with its first 2xx.</summary>
    public Task<EndpointOutcome> EnableAsync(EndpointStateRequest request, CancellationToken cancellationToken) => moves.TryAsync(
        request.Key,
        EndpointTransitionTable.Enable,
        request.Version,
        (endpoint, _) => Enabled(endpoint),
        cancellationToken);

    /// <summary>As it is once its pause is over: nothing was tried meanwhile, so the time of failing begins anew.</summary>
    public static EndpointRecord Unpaused(EndpointRecord endpoint) => endpoint with { PausedUntil = null, StatusSince = null, FailingSince = null, Trouble = null };

    /// <summary>As it is once it is disabled.</summary>
    public static EndpointRecord Disabled(EndpointRecord endpoint, string reason, DateTimeOffset now)
    {
        var held = endpoint.StatusAt(now) == EndpointStatus.Paused ? ReleasesHeld(endpoint, now) : endpoint;

        return Owes(held, new OwedNews(OwedKinds.Disabled, now, endpoint.FailingSince, reason)) with
        {
            DisabledReason = reason,
            StatusSince = now,
            PausedUntil = null,
            Probe = null,
            WarnedAt = endpoint.WarnedAt ?? (reason == DisableReasons.ByOwner ? null : now),
        };
    }

    /// <summary>As it is once it is enabled.</summary>
    public static EndpointRecord Enabled(EndpointRecord endpoint) => endpoint with
    {
        DisabledReason = null,
        StatusSince = null,
        FailingSince = null,
        Trouble = null,
        Probe = null,
    };

    /// <summary>As it is once it has answered 2xx: told where its trouble was.</summary>
    public static EndpointRecord Recovered(EndpointRecord endpoint, DateTimeOffset at)
    {
        var well = endpoint with { FailingSince = null, Trouble = null, LastSuccessAt = at, WarnedAt = null };
        return endpoint.WarnedAt is null ? well : Owes(well, new OwedNews(OwedKinds.Recovered, at, endpoint.FailingSince));
    }

    /// <summary>One thing more is owed.</summary>
    public static EndpointRecord Owes(EndpointRecord endpoint, OwedNews news) => endpoint with { Owed = [.. endpoint.Owed, news] };

    private static EndpointRecord ReleasesHeld(EndpointRecord endpoint, DateTimeOffset now) =>
        Owes(Owes(endpoint, new OwedNews(OwedKinds.ReleaseHeld, now)), new OwedNews(OwedKinds.ReleaseHeld, now + LookForHeldAgain));
}
