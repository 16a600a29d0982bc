using System.ComponentModel.DataAnnotations;

namespace Waybill.IntakeService.Submissions.Batches;

/// <summary>Notifications to deliver, each judged by itself.</summary>
/// <remarks>The body's shape for the OpenAPI description; <see cref="BatchReader"/> reads it.</remarks>
internal sealed record BatchBody
{
    [MinLength(1)]
    [MaxLength(BatchReader.MaxEntries)]
    public required IReadOnlyList<BatchEntryBody> Notifications { get; init; }
}

/// <summary>A notification to deliver, as when it is posted alone, with its key beside it.</summary>
internal sealed record BatchEntryBody : SubmissionBody
{
    /// <summary>Makes it safe to send the entry again, alone or in a batch: it is stored and delivered once. Visible ASCII without spaces.</summary>
    [StringLength(Fields.IdempotencyKey.MaxLength, MinimumLength = 1)]
    public string? IdempotencyKey { get; init; }
}
