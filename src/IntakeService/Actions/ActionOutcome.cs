using Microsoft.AspNetCore.Http.HttpResults;
using Waybill.IntakeService.Submissions;
using Waybill.Notifications.Records;
using Waybill.ServiceDefaults.Problems;

namespace Waybill.IntakeService.Actions;

/// <summary>What became of a client's wish to move a notification.</summary>
public abstract record ActionOutcome
{
    /// <param name="Record">As it is after the move.</param>
    public sealed record Applied(NotificationRecord Record) : ActionOutcome;

    /// <summary>Its state does not allow it.</summary>
    /// <param name="Record">As it is, and as it was left.</param>
    public sealed record Refused(NotificationRecord Record) : ActionOutcome;

    /// <summary>There is nothing left to send: the request's time to live has ended.</summary>
    /// <param name="Record">As it is, and as it was left.</param>
    public sealed record RequestExpired(NotificationRecord Record) : ActionOutcome;

    /// <summary>There is none with that id, or none that the caller may know of.</summary>
    public sealed record NotFound : ActionOutcome;

    /// <summary>Its record cannot be read or written as it is.</summary>
    /// <param name="Reason">For people.</param>
    public sealed record Troubled(string Id, string Reason) : ActionOutcome;

    /// <summary>The table could not be reached.</summary>
    /// <param name="NothingWritten">False when it is not known whether the move was written.</param>
    public sealed record Unavailable(string Id, bool NothingWritten) : ActionOutcome;
}

/// <summary>What each outcome that changed nothing, or may have, is in HTTP.</summary>
internal static class ActionResults
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(2);

    public static IResult Of(ActionOutcome outcome) => outcome switch
    {
        ActionOutcome.NotFound => Problem.NotFound(),
        ActionOutcome.RequestExpired expired => RequestExpired(expired.Record),
        ActionOutcome.Unavailable unavailable => Unavailable(unavailable),
        ActionOutcome.Troubled troubled => SubmissionResults.Troubled(troubled.Id, troubled.Reason),
        _ => throw new InvalidOperationException($"{outcome.GetType().Name} has no answer."),
    };

    public static ProblemHttpResult NotCancelled(NotificationRecord record) =>
        Conflict(record, "A notification that is final, or has an attempt under way, cannot be cancelled.");

    public static ProblemHttpResult NotRedelivered(NotificationRecord record) =>
        Conflict(record, "Only a notification that is final can be redelivered.");

    private static ProblemHttpResult RequestExpired(NotificationRecord record) => Problem.Create(
        StatusCodes.Status409Conflict,
        "request-expired",
        "Its request is no longer stored: there is nothing left to send. Post it as a new notification.",
        extensions: Identity(record));

    /// <summary>The status is an extension of another name, because <c>status</c> of a problem is the HTTP status code (RFC 9457).</summary>
    private static ProblemHttpResult Conflict(NotificationRecord record, string title) => Problem.Create(
        StatusCodes.Status409Conflict,
        "conflict",
        title,
        Detail(record),
        Identity(record));

    private static Dictionary<string, object?> Identity(NotificationRecord record) =>
        new() { ["id"] = record.Id, ["notificationStatus"] = record.Status };

    private static string Detail(NotificationRecord record) => record switch
    {
        { IsFinal: true } => $"It is {record.Status.Text()}, and that is final.",
        _ when record.Status == NotificationStatus.Failed => "It is FAILED and waits for its next attempt.",
        _ when record.Status == NotificationStatus.Processing => "It is PROCESSING: an attempt is under way.",
        _ => $"It is {record.Status.Text()}.",
    };

    private static IResult Unavailable(ActionOutcome.Unavailable outcome) => outcome.NothingWritten
        ? Problem.Unavailable("table-unavailable", "Nothing was changed: the table cannot be reached. Ask again.", TryAgainAfter)
        : Problem.Unavailable(
            "table-unavailable",
            "It is not known whether the notification was changed: the table did not answer. Read it before you ask again.",
            TryAgainAfter,
            new Dictionary<string, object?> { ["id"] = outcome.Id });
}
