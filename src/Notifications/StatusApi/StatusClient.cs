using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using Waybill.Notifications.Json;
using Waybill.Notifications.Records;

namespace Waybill.Notifications.StatusApi;

/// <summary>Asks the status service for transitions. All methods throw <see cref="StatusUnavailableException"/> when it gives no answer.</summary>
public sealed class StatusClient(HttpClient http)
{
    private static readonly NotificationsJson Json = NotificationsJson.Default;

    private readonly StatusCalls _calls = new(http);

    public Task<TransitionOutcome> AcceptAsync(AcceptRequest request, CancellationToken cancellationToken) =>
        Ask(StatusRoutes.Prefix + StatusRoutes.Notifications, request, Json.AcceptRequest, cancellationToken);

    public Task<TransitionOutcome> QueuedAsync(string id, CancellationToken cancellationToken) =>
        Ask<object>(StatusRoutes.Of(id, StatusRoutes.Queued), null, null, cancellationToken);

    public Task<TransitionOutcome> RollBackAsync(string id, RollBackRequest request, CancellationToken cancellationToken) =>
        Ask(StatusRoutes.Of(id, StatusRoutes.RollBack), request, Json.RollBackRequest, cancellationToken);

    public Task<TransitionOutcome> RedispatchAsync(string id, RedispatchRequest request, CancellationToken cancellationToken) =>
        Ask(StatusRoutes.Of(id, StatusRoutes.Redispatch), request, Json.RedispatchRequest, cancellationToken);

    public Task<TransitionOutcome> ReleaseAsync(string id, ReleaseRequest request, CancellationToken cancellationToken) =>
        Ask(StatusRoutes.Of(id, StatusRoutes.Release), request, Json.ReleaseRequest, cancellationToken);

    public Task<TransitionOutcome> ResultAsync(string id, ResultRequest request, CancellationToken cancellationToken) =>
        Ask(StatusRoutes.Of(id, StatusRoutes.Result), request, Json.ResultRequest, cancellationToken);

    public Task<TransitionOutcome> AbandonAsync(string id, AbandonRequest request, CancellationToken cancellationToken) =>
        Ask(StatusRoutes.Of(id, StatusRoutes.Abandon), request, Json.AbandonRequest, cancellationToken);

    public Task<TransitionOutcome> CancelAsync(string id, CancellationToken cancellationToken) =>
        Ask<object>(StatusRoutes.Of(id, StatusRoutes.Cancel), null, null, cancellationToken);

    public Task<TransitionOutcome> RedeliverAsync(string id, CancellationToken cancellationToken) =>
        Ask<object>(StatusRoutes.Of(id, StatusRoutes.Redeliver), null, null, cancellationToken);

    public Task<TransitionOutcome> RedeliverAsync(string id, RedeliverByJobRequest request, CancellationToken cancellationToken) =>
        Ask(StatusRoutes.Of(id, StatusRoutes.RedeliverByJob), request, Json.RedeliverByJobRequest, cancellationToken);

    /// <summary>What the queue holds, for those who cannot ask it themselves.</summary>
    public async Task ReportAsync(QueueReport report, CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(report, Json.QueueReport);
        using var response = await _calls.Send(HttpMethod.Put, StatusRoutes.Prefix + StatusRoutes.Queue, content, cancellationToken);

        if (response.StatusCode != HttpStatusCode.NoContent)
        {
            throw await StatusCalls.Unexpected(response, cancellationToken);
        }
    }

    /// <returns>The claim, or null with the record as it is when someone else has it, it is final, or it does not exist.</returns>
    public async Task<(ClaimAnswer? Claim, NotificationRecord? Current)> ClaimAsync(string id, ClaimRequest request, CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(request, Json.ClaimRequest);
        using var response = await _calls.Send(HttpMethod.Post, StatusRoutes.Of(id, StatusRoutes.Claim), content, cancellationToken);

        return response.StatusCode switch
        {
            HttpStatusCode.OK => (await StatusCalls.Read(response, Json.ClaimAnswer, cancellationToken), null),
            HttpStatusCode.Conflict => (null, await StatusCalls.Read(response, Json.NotificationRecord, cancellationToken)),
            HttpStatusCode.NotFound => (null, null),
            _ => throw await StatusCalls.Unexpected(response, cancellationToken),
        };
    }

    /// <summary>The record, read with strong consistency; null when there is none.</summary>
    public async Task<NotificationRecord?> GetAsync(string id, CancellationToken cancellationToken)
    {
        using var response = await _calls.Send(HttpMethod.Get, StatusRoutes.Of(id), null, cancellationToken);

        return response.StatusCode switch
        {
            HttpStatusCode.OK => await StatusCalls.Read(response, Json.NotificationRecord, cancellationToken),
            HttpStatusCode.NotFound => null,
            _ => throw await StatusCalls.Unexpected(response, cancellationToken),
        };
    }

    /// <summary>Records of one shard whose due time has come, the longest overdue first.</summary>
    public async Task<IReadOnlyList<DueNotification>> DueAsync(string shard, int limit, CancellationToken cancellationToken)
    {
        var path = $"{StatusRoutes.Prefix}{StatusRoutes.Due}?shard={shard}&limit={limit}";
        return (await _calls.Get(path, Json.DueAnswer, cancellationToken)).Items;
    }

    private async Task<TransitionOutcome> Ask<T>(string path, T? body, JsonTypeInfo<T>? type, CancellationToken cancellationToken)
    {
        using var content = type is null ? null : JsonContent.Create(body!, type);
        using var response = await _calls.Send(HttpMethod.Post, path, content, cancellationToken);

        return response.StatusCode switch
        {
            HttpStatusCode.OK => new(true, await StatusCalls.Read(response, Json.NotificationRecord, cancellationToken)),
            HttpStatusCode.Conflict => new(false, await StatusCalls.Read(response, Json.NotificationRecord, cancellationToken)),
            HttpStatusCode.NotFound => new(false, null),
            _ => throw await StatusCalls.Unexpected(response, cancellationToken),
        };
    }

    /// <summary>On a 503: nothing was written, for certain.</summary>
    public const string NothingWrittenHeader = "Waybill-Nothing-Written";
}
