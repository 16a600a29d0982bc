using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using Waybill.Notifications.Records;

namespace Waybill.Notifications.Client;

/// <summary>
/// The public API of both services. Every method throws <see cref="WaybillProblemException"/> when a service answers that it
/// does not do what was asked, and <see cref="HttpRequestException"/> when there is no answer that Waybill gives.
/// Nothing is repeated: a submission with an idempotency key may be, without one it may store a second notification.
/// </summary>
/// <param name="http">The caller's; neither its base address nor its headers are touched.</param>
public sealed class WaybillClient(HttpClient http, WaybillClientOptions options)
{
    private const string Notifications = "v1/notifications";
    private const string Redeliveries = "v1/redeliveries";

    private static readonly ClientJson Json = ClientJson.Default;

    private readonly ApiCalls _intake = new(http, options.IntakeUrl, options.ApiKey);
    private readonly ApiCalls _status = new(http, options.StatusUrl, options.ApiKey);

    /// <param name="draft">What to deliver.</param>
    /// <param name="idempotencyKey">Makes it safe to send the same again. Visible ASCII, 1–255 characters.</param>
    public Task<Submitted> SubmitAsync(NotificationDraft draft, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _intake.SendAsync(HttpMethod.Post, Notifications, JsonContent.Create(draft, Json.NotificationDraft), Json.Submitted, cancellationToken, idempotencyKey);

    /// <param name="drafts">1–100.</param>
    /// <returns>A result for each, in the order given: one bad entry does not harm the others.</returns>
    public async Task<IReadOnlyList<BatchResult>> SubmitBatchAsync(IReadOnlyList<BatchDraft> drafts, CancellationToken cancellationToken = default)
    {
        var content = JsonContent.Create(new BatchDrafts(drafts), Json.BatchDrafts);
        var answer = await _intake.SendAsync(HttpMethod.Post, $"{Notifications}/batch", content, Json.BatchResults, cancellationToken);
        return answer.Results;
    }

    /// <returns>The record as it is then.</returns>
    public Task<NotificationView> CancelAsync(string id, CancellationToken cancellationToken = default) =>
        _intake.SendAsync(HttpMethod.Post, $"{Of(id)}/cancel", null, Json.NotificationView, cancellationToken);

    public Task<Submitted> RedeliverAsync(string id, CancellationToken cancellationToken = default) =>
        _intake.SendAsync(HttpMethod.Post, $"{Of(id)}/redeliver", null, Json.Submitted, cancellationToken);

    /// <summary>For operators.</summary>
    public Task<BulkRedelivery> StartRedeliveryAsync(BulkRedeliveryDraft draft, CancellationToken cancellationToken = default) =>
        _intake.SendAsync(HttpMethod.Post, Redeliveries, JsonContent.Create(draft, Json.BulkRedeliveryDraft), Json.BulkRedelivery, cancellationToken);

    /// <summary>For operators.</summary>
    public Task<BulkRedelivery> GetRedeliveryAsync(string jobId, CancellationToken cancellationToken = default) =>
        _intake.SendAsync(HttpMethod.Get, $"{Redeliveries}/{Uri.EscapeDataString(jobId)}", null, Json.BulkRedelivery, cancellationToken);

    /// <summary>For operators. What has been redelivered stays so.</summary>
    public Task<BulkRedelivery> StopRedeliveryAsync(string jobId, CancellationToken cancellationToken = default) =>
        _intake.SendAsync(HttpMethod.Delete, $"{Redeliveries}/{Uri.EscapeDataString(jobId)}", null, Json.BulkRedelivery, cancellationToken);

    /// <summary>Strongly consistent.</summary>
    public Task<NotificationView> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _status.SendAsync(HttpMethod.Get, Of(id), null, Json.NotificationView, cancellationToken);

    public async Task<IReadOnlyList<HistoryEntry>> GetAttemptsAsync(string id, CancellationToken cancellationToken = default)
    {
        var answer = await _status.SendAsync(HttpMethod.Get, $"{Of(id)}/attempts", null, Json.AttemptList, cancellationToken);
        return answer.Items;
    }

    public Task<StoredRequest> GetRequestAsync(string id, CancellationToken cancellationToken = default) =>
        _status.SendAsync(HttpMethod.Get, $"{Of(id)}/request", null, Json.StoredRequest, cancellationToken);

    /// <summary>One page.</summary>
    public Task<NotificationPage> ListPageAsync(NotificationFilter filter, string? cursor = null, CancellationToken cancellationToken = default) =>
        _status.SendAsync(HttpMethod.Get, $"{Notifications}?{filter.ToQuery(cursor)}", null, Json.NotificationPage, cancellationToken);

    /// <summary>All pages, newest first, each read when it is needed.</summary>
    public async IAsyncEnumerable<NotificationView> ListAsync(NotificationFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? cursor = null;

        do
        {
            var page = await ListPageAsync(filter, cursor, cancellationToken);

            foreach (var item in page.Items)
            {
                yield return item;
            }

            cursor = page.Cursor;
        }
        while (cursor is not null);
    }

    private static string Of(string id) => $"{Notifications}/{Uri.EscapeDataString(id)}";
}
