using System.Text.Json.Serialization;

namespace Waybill.Notifications.StatusApi.Redeliveries;

/// <summary>A bulk redelivery, as the status service keeps it and the internal API passes it on.</summary>
public sealed record RedeliveryJob
{
    public required string Id { get; init; }
    public required RedeliveryJobStatus Status { get; init; }
    public required RedeliveryFilter Filter { get; init; }

    /// <summary>Redeliveries a second, at most.</summary>
    public required int RatePerSecond { get; init; }

    /// <summary>The operator's owner name.</summary>
    public required string CreatedBy { get; init; }

    public required RedeliveryCounts Counts { get; init; }

    /// <summary>Where its next page starts; null when there is none. Opaque, for a checkpoint.</summary>
    public string? Position { get; init; }

    /// <summary>
    /// What failed at this time or later has been looked at; it goes from the job's creation back to the window's start. What a release before 0.2
    /// stored is looked at after all others, when this is at the window's start.
    /// </summary>
    public required DateTimeOffset Reached { get; init; }

    /// <summary>How much of the time in which they may have failed, from the job's creation back to the window's start, has been looked at: 0 to 1.</summary>
    [JsonIgnore]
    public double Progress
    {
        get
        {
            var whole = CreatedAt - Filter.From;

            // A window may begin a moment after the job does, as clocks differ.
            return whole > TimeSpan.Zero ? Math.Round(Math.Clamp((CreatedAt - Reached) / whole, 0, 1), 4) : 0;
        }
    }

    /// <summary>One more with every write; from 1.</summary>
    public required int Version { get; init; }

    /// <summary>The right of one intake service to work on it, until <see cref="LeaseUntil"/>; null before the first.</summary>
    public string? LeaseToken { get; init; }

    /// <summary>From then on another one may take it over.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it was completed or cancelled.</summary>
    public DateTimeOffset? FinishedAt { get; init; }
}
