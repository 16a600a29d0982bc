using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Records;
using Waybill.ServiceDefaults.Problems;

namespace Waybill.IntakeService.Submissions;

/// <summary>What became of a submission.</summary>
public abstract record SubmissionOutcome(string Id)
{
    /// <summary>It is stored and will be delivered.</summary>
    /// <param name="Record">With the status to tell the client.</param>
    /// <param name="Replayed">True when an earlier request with the same Idempotency-Key had stored it.</param>
    public sealed record Accepted(NotificationRecord Record, bool Replayed) : SubmissionOutcome(Record.Id);

    /// <summary>The Idempotency-Key belongs to an earlier request that asked for something else.</summary>
    public sealed record KeyReused(string Id) : SubmissionOutcome(Id);

    /// <summary>The table could not be reached.</summary>
    /// <param name="NothingWritten">False when it is not known whether the notification was stored.</param>
    public sealed record NotAccepted(string Id, bool NothingWritten) : SubmissionOutcome(Id);

    /// <summary>A record with its id cannot be read or written as it is: no other notification has that trouble.</summary>
    /// <param name="Reason">For people.</param>
    public sealed record Troubled(string Id, string Reason) : SubmissionOutcome(Id);
}

/// <summary>What each outcome is in HTTP.</summary>
internal sealed class SubmissionResults(IOptions<StatusLinkOptions> statusLinks)
{
    public const string ReplayedHeader = "Idempotent-Replayed";

    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(2);

    public IResult Of(SubmissionOutcome outcome, HttpResponse response) =>
        outcome is SubmissionOutcome.Accepted accepted ? Accepted(accepted, response) : ProblemOf(outcome);

    /// <summary>What is told about a notification that was not accepted.</summary>
    public static IResult ProblemOf(SubmissionOutcome outcome) => outcome switch
    {
        SubmissionOutcome.KeyReused => KeyReused(),
        SubmissionOutcome.NotAccepted notAccepted => NotAccepted("notification", notAccepted.Id, notAccepted.NothingWritten),
        SubmissionOutcome.Troubled troubled => Troubled(troubled.Id, troubled.Reason),
        _ => throw new InvalidOperationException($"{outcome.GetType().Name} is no problem."),
    };

    private Accepted<SubmissionResponse> Accepted(SubmissionOutcome.Accepted accepted, HttpResponse response)
    {
        if (accepted.Replayed)
        {
            response.Headers[ReplayedHeader] = "true";
        }

        var answer = SubmissionResponse.Of(accepted.Record, statusLinks.Value.For(accepted.Id));
        return TypedResults.Accepted(answer.StatusUrl, answer);
    }

    /// <summary>422, also for events and endpoints.</summary>
    public static ProblemHttpResult KeyReused() => Problem.Create(
        StatusCodes.Status422UnprocessableEntity,
        "idempotency-key-reused",
        "This Idempotency-Key was used for another request. Use a new key for a new one.");

    /// <summary>503, also for events.</summary>
    /// <param name="what">What it would have become.</param>
    public static IResult NotAccepted(string what, string id, bool nothingWritten) => nothingWritten
        ? Problem.Unavailable("table-unavailable", $"The {what} was not stored: the table cannot be reached. Send it again.", TryAgainAfter)
        : Problem.Unavailable(
            "table-unavailable",
            $"It is not known whether the {what} was stored: the table did not answer. Sending it again is safe with the same Idempotency-Key.",
            TryAgainAfter,
            new Dictionary<string, object?> { ["id"] = id });

    /// <summary>500: nothing that the client sent is wrong, and to send it again does not help until somebody has mended the record.</summary>
    public static ProblemHttpResult Troubled(string id, string reason) => Problem.Create(
        StatusCodes.Status500InternalServerError,
        "record-trouble",
        "The record cannot be read or written as it is.",
        reason,
        new Dictionary<string, object?> { ["id"] = id });
}
