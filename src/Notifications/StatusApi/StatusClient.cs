using System.Net;
using System.Text.Json.Serialization.Metadata;
using Waybill.Notifications.Json;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Batching;

namespace Waybill.Notifications.StatusApi;

/// <summary>
/// Asks the status service for transitions. All methods throw <see cref="StatusUnavailableException"/> when it gives no answer; those about one
/// notification throw <see cref="RecordTroubleException"/> when its own record is the trouble.
/// </summary>
public sealed class StatusClient
{
    private static readonly NotificationsJson Json = NotificationsJson.Default;

    private readonly StatusCalls _calls;
    private readonly CallLanes? _lanes;

    /// <param name="together">
    /// Whether what comes while others are under way may wait for them and then share a request: for a process with much to ask.
    /// </param>
    public StatusClient(HttpClient http, bool together = false)
    {
        _calls = new StatusCalls(http);
        _lanes = together ? new CallLanes(_calls) : null;
    }

    public Task<TransitionOutcome> AcceptAsync(AcceptRequest request, CancellationToken cancellationToken) =>
        Ask(request.Id, null, request, Json.AcceptRequest, cancellationToken);

    /// <returns>Where it applied, perhaps without the record: nobody needs it.</returns>
    public Task<TransitionOutcome> QueuedAsync(string id, CancellationToken cancellationToken) =>
        Ask<object>(id, StatusRoutes.Queued, null, null, cancellationToken, minimal: true);

    public Task<TransitionOutcome> RollBackAsync(string id, RollBackRequest request, CancellationToken cancellationToken) =>
        Ask(id, StatusRoutes.RollBack, request, Json.RollBackRequest, cancellationToken);

    public Task<TransitionOutcome> RedispatchAsync(string id, RedispatchRequest request, CancellationToken cancellationToken) =>
        Ask(id, StatusRoutes.Redispatch, request, Json.RedispatchRequest, cancellationToken);

    public Task<TransitionOutcome> ReleaseAsync(string id, ReleaseRequest request, CancellationToken cancellationToken) =>
        Ask(id, StatusRoutes.Release, request, Json.ReleaseRequest, cancellationToken);

    /// <returns>Where it applied, perhaps without the record: nobody needs it.</returns>
    public Task<TransitionOutcome> ResultAsync(string id, ResultRequest request, CancellationToken cancellationToken) =>
        Ask(id, StatusRoutes.Result, request, Json.ResultRequest, cancellationToken, minimal: true);

    public Task<TransitionOutcome> AbandonAsync(string id, AbandonRequest request, CancellationToken cancellationToken) =>
        Ask(id, StatusRoutes.Abandon, request, Json.AbandonRequest, cancellationToken);

    public Task<TransitionOutcome> CancelAsync(string id, CancellationToken cancellationToken) =>
        Ask<object>(id, StatusRoutes.Cancel, null, null, cancellationToken);

    public Task<TransitionOutcome> RedeliverAsync(string id, CancellationToken cancellationToken) =>
        Ask<object>(id, StatusRoutes.Redeliver, null, null, cancellationToken);

    public Task<TransitionOutcome> RedeliverAsync(string id, RedeliverByJobRequest request, CancellationToken cancellationToken) =>
        Ask(id, StatusRoutes.RedeliverByJob, request, Json.RedeliverByJobRequest, cancellationToken);

    /// <summary>What the queue holds, for those who cannot ask it themselves.</summary>
    public async Task ReportAsync(QueueReport report, CancellationToken cancellationToken)
    {
        var body = StatusCalls.Json(report, Json.QueueReport);
        var answer = await _calls.Send(HttpMethod.Put, StatusRoutes.Prefix + StatusRoutes.Queue, body, cancellationToken);

        if (answer.Status != HttpStatusCode.NoContent)
        {
            throw answer.Unexpected();
        }
    }

    /// <returns>The claim, or null with the record as it is when someone else has it, it is final, or it does not exist.</returns>
    public async Task<(ClaimAnswer? Claim, NotificationRecord? Current)> ClaimAsync(string id, ClaimRequest request, CancellationToken cancellationToken)
    {
        var answer = await Post(StatusRoutes.Of(id, StatusRoutes.Claim), request, Json.ClaimRequest, cancellationToken);

        return answer.Status switch
        {
            HttpStatusCode.OK => (answer.Read(Json.ClaimAnswer, id), null),
            HttpStatusCode.Conflict => (null, answer.Read(Json.NotificationRecord, id)),
            HttpStatusCode.NotFound => (null, null),
            _ => throw answer.Unexpected(id),
        };
    }

    /// <summary>The record, read with strong consistency; null when there is none.</summary>
    public async Task<NotificationRecord?> GetAsync(string id, CancellationToken cancellationToken)
    {
        var answer = await _calls.Send(HttpMethod.Get, StatusRoutes.Of(id), null, cancellationToken);

        return answer.Status switch
        {
            HttpStatusCode.OK => answer.Read(Json.NotificationRecord, id),
            HttpStatusCode.NotFound => null,
            _ => throw answer.Unexpected(id),
        };
    }

    /// <summary>Records of one shard whose due time has come, the longest overdue first.</summary>
    public async Task<IReadOnlyList<DueNotification>> DueAsync(string shard, int limit, CancellationToken cancellationToken) =>
        (await DueAsync(shard, limit, null, cancellationToken)).Items;

    /// <summary>The same, a page at a time.</summary>
    /// <param name="after">From the page before; null for the first.</param>
    public Task<DueAnswer> DueAsync(string shard, int limit, string? after, CancellationToken cancellationToken) =>
        _calls.Get(StatusRoutes.DueIn(shard, limit, after), Json.DueAnswer, cancellationToken);

    /// <param name="transition">Null for Accept.</param>
    private Task<TransitionOutcome> Ask<T>(string id, string? transition, T? body, JsonTypeInfo<T>? type, CancellationToken cancellationToken, bool minimal = false)
    {
        var path = transition is null ? StatusRoutes.Prefix + StatusRoutes.Notifications : StatusRoutes.Of(id, transition);
        return OutcomeOf(id, Post(path, body, type, cancellationToken, minimal));
    }

    /// <summary>Holds no request, which may be large, while it waits.</summary>
    private static async Task<TransitionOutcome> OutcomeOf(string id, Task<StatusAnswer> asking)
    {
        var answer = await asking;

        return answer.Status switch
        {
            HttpStatusCode.OK when answer.Body.IsEmpty => new(true, null),
            HttpStatusCode.OK => new(true, answer.Read(Json.NotificationRecord, id)),
            HttpStatusCode.Conflict => new(false, answer.Read(Json.NotificationRecord, id)),
            HttpStatusCode.NotFound => new(false, null),
            _ => throw answer.Unexpected(id),
        };
    }

    private Task<StatusAnswer> Post<T>(string path, T? body, JsonTypeInfo<T>? type, CancellationToken cancellationToken, bool minimal = false)
    {
        var json = StatusCalls.Json(body, type);
        return _lanes?.Send(path, json, minimal, cancellationToken) ?? _calls.Send(HttpMethod.Post, path, json, cancellationToken);
    }

    /// <summary>On a 503: nothing was written, for certain.</summary>
    public const string NothingWrittenHeader = "Waybill-Nothing-Written";
}
