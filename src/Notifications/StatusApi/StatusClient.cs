using System.Net;
using System.Text.Json.Serialization.Metadata;
using Waybill.Notifications.Json;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Batching;
using Waybill.Notifications.StatusApi.Events;

namespace Waybill.Notifications.StatusApi;

/// <summary>
/// Asks the status service for transitions, each by the name beside its method. All methods throw <see cref="StatusUnavailableException"/> when it gives no answer; those about one
/// notification throw <see cref="RecordTroubleException"/> when its own record is the trouble.
/// </summary>
public sealed class StatusClient
{
    private static readonly NotificationsJson Json = NotificationsJson.Default;

    private readonly StatusCalls _calls;
    private readonly BatchSender _sender;
    private readonly CallLanes? _lanes;

    /// <summary>Whoever has much to ask leaves out of the answers what it does not need.</summary>
    private bool LeavesOut => _lanes is not null;

    /// <param name="together">
    /// Whether what comes while others are under way may wait for them and then share a request: for a process with much to ask. Else each
    /// call has a request of its own.
    /// </param>
    /// <param name="time">By which it is decided that they have waited long enough; the machine's unless given.</param>
    public StatusClient(HttpClient http, bool together = false, TimeProvider? time = null)
    {
        _calls = new StatusCalls(http);
        _sender = new BatchSender(_calls);
        _lanes = together ? new CallLanes(_sender, time ?? TimeProvider.System) : null;
    }

    public const string Accept = "accept";

    public Task<TransitionOutcome> AcceptAsync(AcceptRequest request, CancellationToken cancellationToken) =>
        Ask(request.Id, Accept, request, Json.AcceptRequest, cancellationToken);

    public const string AcceptEvent = "accept-event";

    /// <summary>Stores an event and its notifications.</summary>
    public Task<EventOutcome> AcceptAsync(AcceptEventRequest request, CancellationToken cancellationToken) =>
        EventOutcomeOf(request.Id, Send(request.Id, AcceptEvent, request, Json.AcceptEventRequest, minimal: false, cancellationToken));

    public const string FinishFanOut = "finish-fan-out";

    /// <summary>Stores what is missing of an event's notifications: whoever took it in has not come to that.</summary>
    /// <returns>Not applied: nothing was to be done.</returns>
    public Task<EventOutcome> FinishFanOutAsync(string eventId, CancellationToken cancellationToken) =>
        EventOutcomeOf(eventId, Send<object>(eventId, FinishFanOut, null, null, minimal: false, cancellationToken));

    public const string Queued = "queued";

    /// <returns>Where it applied, perhaps without the record: nobody needs it.</returns>
    public Task<TransitionOutcome> QueuedAsync(string id, CancellationToken cancellationToken) =>
        Ask<object>(id, Queued, null, null, cancellationToken, minimal: LeavesOut);

    public const string RollBack = "roll-back";

    public Task<TransitionOutcome> RollBackAsync(string id, RollBackRequest request, CancellationToken cancellationToken) =>
        Ask(id, RollBack, request, Json.RollBackRequest, cancellationToken);

    public const string Dispatch = "dispatch";

    /// <summary>Marks what is due as to be sent, or gives it up where one of its bounds is reached; the status service decides.</summary>
    public async Task<DispatchOutcome> DispatchAsync(string id, DispatchRequest request, CancellationToken cancellationToken) =>
        DispatchOutcome.Of(await Ask(id, Dispatch, request, Json.DispatchRequest, cancellationToken));

    public const string Release = "release";

    public Task<TransitionOutcome> ReleaseAsync(string id, ReleaseRequest request, CancellationToken cancellationToken) =>
        Ask(id, Release, request, Json.ReleaseRequest, cancellationToken);

    public const string Result = "result";

    /// <returns>Where it applied, perhaps without the record: nobody needs it.</returns>
    public Task<TransitionOutcome> ResultAsync(string id, ResultRequest request, CancellationToken cancellationToken) =>
        Ask(id, Result, request, Json.ResultRequest, cancellationToken, minimal: LeavesOut);

    public const string Cancel = "cancel";

    public Task<TransitionOutcome> CancelAsync(string id, CancellationToken cancellationToken) =>
        Ask<object>(id, Cancel, null, null, cancellationToken);

    public const string Redeliver = "redeliver";

    public Task<TransitionOutcome> RedeliverAsync(string id, CancellationToken cancellationToken) =>
        Ask<object>(id, Redeliver, null, null, cancellationToken);

    public const string RedeliverByJob = "redeliver-by-job";

    public Task<TransitionOutcome> RedeliverAsync(string id, RedeliverByJobRequest request, CancellationToken cancellationToken) =>
        Ask(id, RedeliverByJob, request, Json.RedeliverByJobRequest, cancellationToken);

    /// <summary>Has the status service see to a page of what is due besides deliveries: what owners are to be told, and endpoints that are to be looked at.</summary>
    public async Task<UpkeepResponse> UpkeepAsync(CancellationToken cancellationToken)
    {
        var answer = await _calls.Send(HttpMethod.Post, StatusRoutes.Prefix + StatusRoutes.Upkeep, default, cancellationToken);

        return answer.Status switch
        {
            HttpStatusCode.OK => answer.Read(Json.UpkeepResponse),

            // A status service of release 0.1.
            HttpStatusCode.NotFound => new UpkeepResponse(0, More: false),
            _ => throw answer.Unexpected(),
        };
    }

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

    public const string Claim = "claim";

    /// <returns>The claim, or null with the record as it is when someone else has it, it is final, or it does not exist.</returns>
    public async Task<(ClaimResponse? Claim, NotificationRecord? Current)> ClaimAsync(string id, ClaimRequest request, CancellationToken cancellationToken)
    {
        var answer = await Send(id, Claim, request, Json.ClaimRequest, minimal: false, cancellationToken);

        return answer.Status switch
        {
            HttpStatusCode.OK => (answer.Read(Json.ClaimResponse, id), null),
            HttpStatusCode.Conflict => (null, answer.Read(Json.NotificationRecord, id)),
            HttpStatusCode.NotFound => (null, null),
            _ => throw answer.Unexpected(id),
        };
    }

    public const string TakeTickets = "take-tickets";

    /// <summary>Takes tickets for calls to an endpoint with a rate of its own.</summary>
    /// <returns>Null from a status service that has none: of an older release, or whose clock says that the second is not near.</returns>
    public async Task<TicketsResponse?> TakeTicketsAsync(string endpointId, TicketsRequest request, CancellationToken cancellationToken)
    {
        var answer = await Send(endpointId, TakeTickets, request, Json.TicketsRequest, minimal: false, cancellationToken);

        return answer.Status switch
        {
            HttpStatusCode.OK => answer.Read(Json.TicketsResponse, endpointId),
            HttpStatusCode.NotFound => null,
            _ => throw answer.Unexpected(endpointId),
        };
    }

    /// <summary>The record, read with strong consistency; null when there is none.</summary>
    public async Task<NotificationRecord?> GetAsync(string id, CancellationToken cancellationToken)
    {
        var answer = await _calls.Send(HttpMethod.Get, StatusRoutes.Of(id), default, cancellationToken);

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
    public Task<DueResponse> DueAsync(string shard, int limit, string? after, CancellationToken cancellationToken) =>
        _calls.Get(StatusRoutes.DueIn(shard, limit, after), Json.DueResponse, cancellationToken);

    private Task<TransitionOutcome> Ask<T>(string id, string transition, T? body, JsonTypeInfo<T>? type, CancellationToken cancellationToken, bool minimal = false) =>
        OutcomeOf(id, Send(id, transition, body, type, minimal, cancellationToken));

    /// <summary>Holds no request, which may be large, while it waits.</summary>
    private static async Task<TransitionOutcome> OutcomeOf(string id, Task<StatusResponse> asking)
    {
        var answer = await asking;
        var (applied, now) = answer is { Status: HttpStatusCode.OK, Body.IsEmpty: true } ? (true, null) : answer.ReadOutcome(Json.NotificationRecord, id);

        return new TransitionOutcome(applied, now);
    }

    /// <summary>Holds no request, which may be large, while it waits.</summary>
    private static async Task<EventOutcome> EventOutcomeOf(string id, Task<StatusResponse> asking)
    {
        var answer = await asking;
        var (applied, now) = answer.ReadOutcome(Json.AcceptEventResponse, id);

        return new EventOutcome(applied, now);
    }

    /// <param name="type">Null for no body.</param>
    private Task<StatusResponse> Send<T>(string id, string transition, T? body, JsonTypeInfo<T>? type, bool minimal, CancellationToken cancellationToken)
    {
        var call = new PendingCall(transition, id, StatusCalls.Json(body, type), minimal, cancellationToken);

        if (_lanes is null)
        {
            return SendAsync(call);
        }

        _lanes.Add(call);
        return call.Answer;
    }

    private async Task<StatusResponse> SendAsync(PendingCall call)
    {
        await _sender.SendAsync([call]).WaitAsync(call.CancellationToken);
        return await call.Answer;
    }

    /// <summary>On a 503: nothing was written, for certain.</summary>
    public const string NothingWrittenHeader = "Waybill-Nothing-Written";
}
