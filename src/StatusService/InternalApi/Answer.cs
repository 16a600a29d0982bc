using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.ServiceDefaults.Problems;

namespace Waybill.StatusService.InternalApi;

/// <summary>Turns outcomes into answers of the internal API.</summary>
internal static class Answer
{
    public static IResult Of(TransitionOutcome outcome) => outcome switch
    {
        { Applied: true } => TypedResults.Ok(outcome.Record),
        { Record: not null } => TypedResults.Conflict(outcome.Record),
        _ => Problem.NotFound(),
    };

    public static IResult Of((ClaimAnswer? Claim, NotificationRecord? Current) outcome) => outcome switch
    {
        { Claim: not null } => TypedResults.Ok(outcome.Claim),
        { Current: not null } => TypedResults.Conflict(outcome.Current),
        _ => Problem.NotFound(),
    };

    public static IResult Of(NotificationRecord? record) =>
        record is null ? Problem.NotFound() : TypedResults.Ok(record);
}
