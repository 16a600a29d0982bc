using System.ComponentModel.DataAnnotations;

namespace Waybill.IntakeService.Submissions;

public sealed class SubmissionOptions
{
    public const string SectionName = "Submissions";

    /// <summary>Requests that are worked on at the same time; those beyond it get 429 at once, none waits in memory. Of batches a sixteenth, one at least.</summary>
    [Range(1, 10_000)]
    public int MaxInFlight { get; set; } = 256;
}
