using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Redeliveries;

namespace Waybill.Client;

/// <summary>
/// The public API of both services. Every method throws <see cref="WaybillProblemException"/> when a service answers that it
/// does not do what was asked, and <see cref="HttpRequestException"/> when there is no answer that Waybill gives.
/// Nothing is repeated: a submission with an idempotency key may be, without one it may store a second notification.
/// </summary>
/// <param name="http">The caller's; neither its base address nor its headers are touched.</param>
/// <param name="time">The clock by which it waits; the machine's unless given.</param>
public sealed partial class WaybillClient(HttpClient http, WaybillClientOptions options, TimeProvider? time = null)
{
    private const string Notifications = "v1/notifications";
    private const string Redeliveries = "v1/redeliveries";

    private static readonly ClientJson Json = ClientJson.Default;

    private readonly ApiCalls _intake = new(http, options.IntakeUrl, options.ApiKey);
    private readonly ApiCalls _status = new(http, options.StatusUrl, options.ApiKey);
    private readonly TimeProvider _time = time ?? TimeProvider.System;

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

    /// <summary>Reads it again until it is final. A caller that has waited long enough stops asking for more.</summary>
    /// <param name="notification">As it was read last.</param>
    /// <param name="interval">The pause before each reading.</param>
    /// <returns>Each later reading, the last of them final; none when it was final already.</returns>
    public IAsyncEnumerable<NotificationView> FollowAsync(NotificationView notification, TimeSpan interval, CancellationToken cancellationToken = default) =>
        Following.UntilEndAsync(notification, one => one.IsFinal, stop => GetAsync(notification.Id, stop), interval, _time, cancellationToken);

    /// <summary>For operators. Reads it again until it has ended; it goes on by itself, whether it is followed or not.</summary>
    /// <param name="job">As it was read last.</param>
    /// <param name="interval">The pause before each reading.</param>
    /// <returns>Each later reading, the last of them of its end; none when it had ended already.</returns>
    public IAsyncEnumerable<BulkRedelivery> FollowAsync(BulkRedelivery job, TimeSpan interval, CancellationToken cancellationToken = default) =>
        Following.UntilEndAsync(job, one => one.Status != RedeliveryJobStatus.Running, stop => GetRedeliveryAsync(job.Id, stop), interval, _time, cancellationToken);

    public async Task<IReadOnlyList<HistoryEntry>> GetAttemptsAsync(string id, CancellationToken cancellationToken = default)
    {
        var answer = await _status.SendAsync(HttpMethod.Get, $"{Of(id)}/attempts", null, Json.AttemptList, cancellationToken);
        return answer.Items;
    }

    public Task<StoredRequest> GetRequestAsync(string id, CancellationToken cancellationToken = default) =>
        _status.SendAsync(HttpMethod.Get, $"{Of(id)}/request", null, Json.StoredRequest, cancellationToken);

    /// <summary>One page.</summary>
    public Task<NotificationPage> ListPageAsync(NotificationFilter filter, string? cursor = null, CancellationToken cancellationToken = default) =>
        _status.SendAsync(HttpMethod.Get, $"{Notifications}?{filter.ToListQuery(cursor)}", null, Json.NotificationPage, cancellationToken);

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

    /// <summary>
    /// All that the filter lets through, newest first, in one answer that is read while it comes. The timeout of the HTTP client holds until it begins.
    /// One that breaks off before its end throws <see cref="HttpRequestException"/> there.
    /// </summary>
    public async IAsyncEnumerable<ExportedNotification> ExportAsync(NotificationFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var export = await OpenExportAsync(filter, ExportFormat.Ndjson, cancellationToken);

        await foreach (var notification in export.NotificationsAsync(cancellationToken))
        {
            yield return notification;
        }
    }

    /// <summary>The same as bytes, to be written elsewhere.</summary>
    public async Task<NotificationExport> OpenExportAsync(NotificationFilter filter, ExportFormat format, CancellationToken cancellationToken = default)
    {
        var answer = await _status.OpenAsync($"{Notifications}/export?{filter.ToExportQuery(format)}", format.MediaType(), cancellationToken);
        return await NotificationExport.OfAsync(answer, cancellationToken);
    }

    private static string Of(string id) => $"{Notifications}/{Uri.EscapeDataString(id)}";
}
