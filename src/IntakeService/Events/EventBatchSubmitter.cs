using System.Buffers;
using Microsoft.AspNetCore.Mvc;
using Waybill.IntakeService.Reading;
using Waybill.IntakeService.Submissions.Batches;
using Waybill.Notifications.Telemetry;

namespace Waybill.IntakeService.Events;

/// <summary>Takes each entry as if it had been posted alone, some at the same time.</summary>
internal sealed class EventBatchSubmitter(EventSubmitter submitter, TimeProvider time)
{
    public const string Field = "events";

    /// <summary>Entries of one batch that are worked on at the same time: each may have a hundred endpoints.</summary>
    private const int Concurrency = 8;

    private static readonly ParallelOptions AtOnce = new() { MaxDegreeOfParallelism = Concurrency };

    public async Task<EventBatchResponse> SubmitAsync(IReadOnlyList<ReadOnlySequence<byte>> entries, string owner)
    {
        var answers = new EventBatchEntryResponse[entries.Count];

        await Parallel.ForEachAsync(entries.Index(), AtOnce, async (entry, _) =>
            answers[entry.Index] = await SubmitAsync(entry.Index, entry.Item, owner));

        return new EventBatchResponse(answers);
    }

    private async Task<EventBatchEntryResponse> SubmitAsync(int index, ReadOnlySequence<byte> entry, string owner)
    {
        // A span of its own, because the tags of the request's span can name one event only.
        using var activity = WaybillTelemetry.Source.StartActivity("submit batch entry");
        var errors = new FieldErrors();

        return Begin(entry, owner, errors) is not { } submitting ? Refused(index, errors.ToProblem()) : await submitting switch
        {
            EventSubmissionOutcome.Accepted accepted => new EventBatchEntryResponse { Index = index, Id = accepted.Id, Matched = accepted.Event.EndpointIds.Count },
            var other => Refused(index, EventResults.ProblemOf(other)),
        };
    }

    /// <summary>Apart from what waits for the end, which is to hold nothing of the event meanwhile.</summary>
    /// <returns>Null when anything is wrong with the entry.</returns>
    private Task<EventSubmissionOutcome>? Begin(in ReadOnlySequence<byte> entry, string owner, FieldErrors errors)
    {
        using var json = JsonOutline.Read(entry, EventReader.PassedOn);
        var (submission, idempotencyKey) = EventReader.ParseEntry(json, time.GetUtcNow(), errors);

        return submission is null ? null : submitter.SubmitAsync(submission, owner, idempotencyKey);
    }

    private static EventBatchEntryResponse Refused(int index, IResult answer) => new() { Index = index, Problem = BatchSubmitter.ProblemOf(answer) };
}

/// <summary>What became of each entry, in the order given.</summary>
internal sealed record EventBatchResponse(IReadOnlyList<EventBatchEntryResponse> Results);

/// <summary>Either the event's id, or the problem that it would have been answered with alone.</summary>
internal sealed record EventBatchEntryResponse
{
    /// <summary>From 0.</summary>
    public required int Index { get; init; }

    public string? Id { get; init; }

    /// <summary>How many endpoints take it.</summary>
    public int? Matched { get; init; }

    public ProblemDetails? Problem { get; init; }
}
