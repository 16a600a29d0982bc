using System.ComponentModel.DataAnnotations;

namespace Waybill.IntakeService.Reading;

/// <summary>How much is in flight at the same time, of all that clients send.</summary>
public sealed class InFlightOptions
{
    public const string SectionName = "Submissions";

    /// <summary>
    /// Requests that are worked on at the same time; those beyond it get 429 at once, none waits in memory. Of batches a sixteenth, one at
    /// least. One owner alone has half of it.
    /// </summary>
    [Range(1, 10_000)]
    public int MaxInFlight { get; set; } = 512;

    /// <summary>
    /// MiB of request bodies in memory at the same time, for the requests that are worked on; those beyond it get 429. One owner alone has half
    /// of it, which is a batch of the largest size at least.
    /// </summary>
    [Range(16, 4096)]
    public int MaxMegabytesInFlight { get; set; } = 24;
}
