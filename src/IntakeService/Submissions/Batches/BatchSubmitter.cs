using System.Buffers;
using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Waybill.IntakeService.Reading;
using Waybill.Notifications.Telemetry;

namespace Waybill.IntakeService.Submissions.Batches;

/// <summary>Takes each entry as if it had been posted alone, some at the same time.</summary>
internal sealed class BatchSubmitter(Submitter submitter, TimeProvider time)
{
    /// <summary>Entries of one batch that are worked on at the same time.</summary>
    public const int Concurrency = 16;

    private static readonly ParallelOptions AtOnce = new() { MaxDegreeOfParallelism = Concurrency };

    public async Task<BatchResponse> SubmitAsync(IReadOnlyList<ReadOnlySequence<byte>> entries, string owner)
    {
        var answers = new BatchEntryResponse[entries.Count];

        await Parallel.ForEachAsync(entries.Index(), AtOnce, async (entry, _) =>
            answers[entry.Index] = await SubmitAsync(entry.Index, entry.Item, owner));

        return new BatchResponse(answers);
    }

    private async Task<BatchEntryResponse> SubmitAsync(int index, ReadOnlySequence<byte> entry, string owner)
    {
        // A span of its own, because the tags of the request's span can name one notification only.
        using var activity = WaybillTelemetry.Source.StartActivity("submit batch entry");
        var errors = new FieldErrors();

        return Begin(entry, owner, errors) is not { } submitting ? Refused(index, errors.ToProblem()) : await submitting switch
        {
            SubmissionOutcome.Accepted accepted => new BatchEntryResponse { Index = index, Id = accepted.Id, Status = accepted.Record.Status },
            var other => Refused(index, SubmissionResults.ProblemOf(other)),
        };
    }

    /// <summary>Apart from what waits for the end, which is to hold nothing of the submission meanwhile.</summary>
    /// <returns>Null when anything is wrong with the entry.</returns>
    private Task<SubmissionOutcome>? Begin(in ReadOnlySequence<byte> entry, string owner, FieldErrors errors)
    {
        using var json = JsonOutline.Read(entry, SubmissionParser.PassedOn);
        var (submission, idempotencyKey) = SubmissionParser.ParseEntry(json, time.GetUtcNow(), errors);

        return submission is null ? null : submitter.SubmitAsync(submission, owner, idempotencyKey);
    }

    private static BatchEntryResponse Refused(int index, IResult answer) => new() { Index = index, Problem = ProblemOf(answer) };

    /// <summary>What one entry would have been answered with alone, as part of the batch's answer.</summary>
    public static ProblemDetails ProblemOf(IResult answer)
    {
        var problem = (ProblemDetails)((IValueHttpResult)answer).Value!;
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToHexString();
        return problem;
    }
}
