using System.Globalization;
using System.Net;

namespace Waybill.Client.EntityFrameworkCore.Relay;

/// <summary>What Waybill's answers mean for rows.</summary>
internal static class Judgement
{
    /// <summary>Of an entry that Waybill has judged by itself.</summary>
    public static RowOutcome Of(string? id, WaybillProblem? problem) => (id, problem) switch
    {
        (_, { } refused) when IsForGood(refused.Status) => new RowOutcome.Refused(refused),
        (_, { } passing) => new RowOutcome.Postponed(passing),
        ({ } given, null) => new RowOutcome.Accepted(given),
        _ => new RowOutcome.Postponed(LocalProblem.NotAnswered),
    };

    /// <summary>
    /// Of a batch that was refused as a whole. A key that is not accepted any more, a wrong address or too many requests say nothing of its rows, which wait. What may be of one of them is judged when
    /// it is sent alone.
    /// </summary>
    public static BatchAnswer Of(WaybillProblemException refused, int rows) => MayBeOfRows(refused.StatusCode) switch
    {
        true when rows > 1 => new BatchAnswer.Failed(Reason(refused), refused.RetryAfter, MayBeOfRows: true),
        true => new BatchAnswer.Judged([Of(null, refused.Problem with { Status = (int)refused.StatusCode })]),
        false => new BatchAnswer.Failed(Reason(refused), refused.RetryAfter, MayBeOfRows: false),
    };

    /// <summary>Nobody answers, or somebody else does.</summary>
    public static BatchAnswer Of(HttpRequestException broken) => new BatchAnswer.Failed(broken.Message, RetryAfter: null, MayBeOfRows: false);

    /// <summary>Where no row was taken and none refused, Waybill takes nothing just now: there is no use in trying all others, too.</summary>
    public static BatchAnswer AsAWhole(BatchAnswer answer) => answer is BatchAnswer.Judged { Rows: { Count: > 1 } rows } && rows.All(row => row is RowOutcome.Postponed)
        ? new BatchAnswer.Failed($"None of {rows.Count} rows can be taken just now: {((RowOutcome.Postponed)rows[0]).Problem.Name}", RetryAfter: null, MayBeOfRows: true)
        : answer;

    private static bool IsForGood(int? status) => status is >= 400 and < 500 and not (int)HttpStatusCode.RequestTimeout and not (int)HttpStatusCode.TooManyRequests;

    private static bool MayBeOfRows(HttpStatusCode status) => status
        is HttpStatusCode.BadRequest
        or HttpStatusCode.Conflict
        or HttpStatusCode.RequestEntityTooLarge
        or HttpStatusCode.UnprocessableEntity
        or HttpStatusCode.InternalServerError;

    private static string Reason(WaybillProblemException refused) => string.Create(CultureInfo.InvariantCulture, $"{(int)refused.StatusCode} {refused.Problem.Name}");
}
