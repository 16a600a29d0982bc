using System.ComponentModel.DataAnnotations;

namespace Waybill.IntakeService.Dispatching;

/// <summary>
/// How the Dispatcher looks for due notifications. Each poll asks once for every shard (eight), so one idle replica
/// makes 8 × 3,600 / <see cref="IdlePollSeconds"/> requests an hour, each half a read unit: 9,600 by default, up to a quarter more by jitter. Upkeep,
/// which the status service is asked for as often, looks into six shards more.
/// </summary>
public sealed class DispatcherOptions
{
    public const string SectionName = "Dispatcher";

    /// <summary>
    /// Seconds between polls while there is work, or while the queue or the table is down: then each sends one notification
    /// at most, to see whether the queue is back, and every recovery begins that much later.
    /// </summary>
    [Range(0.05, 60)]
    public double BusyPollSeconds { get; set; } = 1;

    /// <summary>
    /// Seconds between polls when nothing is due; approached by doubling. It is part of every
    /// recovery: what a worker that died leaves behind is due 25 s after it was sent (at the default timeout), and is to be
    /// delivered within 30 s.
    /// </summary>
    [Range(0.05, 60)]
    public double IdlePollSeconds { get; set; } = 3;

    /// <summary>Due notifications read from one shard at a time; a pass holds so many of each of the eight in memory.</summary>
    [Range(1, 1000)]
    public int PageSize { get; set; } = 100;

    /// <summary>Notifications dispatched at the same time; the transport sends them in batches of ten.</summary>
    [Range(1, 200)]
    public int Concurrency { get; set; } = 20;

    /// <summary>When to try again what the queue did not take, in seconds.</summary>
    [Range(0.1, 600)]
    public double SendAgainSeconds { get; set; } = 2;
}
