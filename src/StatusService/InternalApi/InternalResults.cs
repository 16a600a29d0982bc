using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Events;
using Waybill.ServiceDefaults.Problems;

namespace Waybill.StatusService.InternalApi;

/// <summary>Turns outcomes into answers of the internal API.</summary>
internal static class InternalResults
{
    public static IResult Of(TransitionOutcome outcome) => outcome switch
    {
        { Applied: true } => TypedResults.Ok(outcome.Record),
        { Record: not null } => TypedResults.Conflict(outcome.Record),
        _ => Problem.NotFound(),
    };

    public static IResult Of(EventOutcome outcome) => outcome switch
    {
        { Answer: null } => Problem.NotFound(),
        { Applied: true } => TypedResults.Ok(outcome.Answer),
        _ => TypedResults.Conflict(outcome.Answer),
    };

    public static IResult Of((ClaimResponse? Claim, NotificationRecord? Current) outcome) => outcome switch
    {
        { Claim: not null } => TypedResults.Ok(outcome.Claim),
        { Current: not null } => TypedResults.Conflict(outcome.Current),
        _ => Problem.NotFound(),
    };

    /// <param name="tickets">Null where none are given.</param>
    public static IResult Of(TicketsResponse? tickets) => tickets is null ? Problem.NotFound() : TypedResults.Ok(tickets);

    /// <summary>
    /// 422: the record cannot be read or written as it is. Not 503, which says that the table is away, and not 500, which says that something
    /// failed that may not fail again.
    /// </summary>
    public static ProblemHttpResult Of(RecordTroubleException trouble) => Problem.Create(
        StatusCodes.Status422UnprocessableEntity,
        "record-trouble",
        "The record cannot be read or written as it is.",
        trouble.Reason,
        new Dictionary<string, object?> { ["id"] = trouble.Id });

    /// <summary>400: the body is not what is asked for; the detail names what is wrong or missing.</summary>
    public static ProblemHttpResult Of(JsonException exception) => Problem.Create(
        StatusCodes.Status400BadRequest,
        "malformed-json",
        "The body is not what is asked for here.",
        exception.Message);

    public static IResult Of(NotificationRecord? record) =>
        record is null ? Problem.NotFound() : TypedResults.Ok(record);
}
