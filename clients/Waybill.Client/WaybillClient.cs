using System.Runtime.CompilerServices;
using Waybill.Client.Calls;
using Waybill.Client.Retrying;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Redeliveries;

namespace Waybill.Client;

/// <summary>
/// The public API of both services. Every method throws <see cref="WaybillProblemException"/> when a service answers that it
/// does not do what was asked, and <see cref="HttpRequestException"/> when there is no answer that Waybill gives, or none in time.
/// <para>
/// A call that meets 429, 502, 503 or 504, a connection that is refused or breaks, or that takes too long is made again, as
/// <see cref="WaybillClientOptions"/> says, after what the service asks for (<c>Retry-After</c>) or a pause that grows. What is handed over or created goes
/// with an idempotency key, the caller's or one that is made for it, so that it is stored once. What has no key, such as a
/// redelivery, is made again only where it is certain that the first call has done nothing.
/// </para>
/// </summary>
/// <remarks>Any number of threads may use it at the same time.</remarks>
/// <param name="http">The caller's; neither its base address nor its headers are touched.</param>
/// <param name="options">Read once.</param>
/// <param name="time">The clock by which it waits; the machine's unless given.</param>
/// <exception cref="ArgumentException">A setting is wrong; the message names each.</exception>
public sealed partial class WaybillClient(HttpClient http, WaybillClientOptions options, TimeProvider? time = null)
{
    private const string Notifications = "v1/notifications";
    private const string Redeliveries = "v1/redeliveries";

    private static readonly ClientJson Json = ClientJson.Default;

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly WaybillClientOptions _options = WaybillClientRules.Checked(options);
    private readonly ApiCalls _intake = new(http, options.IntakeUrl!, options.ApiKey!, options.CallTimeout, time ?? TimeProvider.System);
    private readonly ApiCalls _status = new(http, options.StatusUrl!, options.ApiKey!, options.CallTimeout, time ?? TimeProvider.System);

    /// <summary>Is told of each call that has failed and is made again; it must not throw.</summary>
    public Action<RetryNotice>? Retrying { get; init; }

    /// <param name="draft">What to deliver.</param>
    /// <param name="idempotencyKey">Visible ASCII, 1–255 characters. Of yours it makes it safe to send the same again later, from another process too; unless given, one is made for this call.</param>
    public Task<Submitted> SubmitAsync(NotificationDraft draft, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _intake.SendAsync(
            ApiCall.Post(Notifications, draft, Json.NotificationDraft) with { IdempotencyKey = idempotencyKey ?? NewKey() },
            Json.Submitted,
            Repetition(),
            cancellationToken);

    /// <summary>Entries that cannot be taken just now are sent again, they alone. What is still so at the end has its problem in its result.</summary>
    /// <param name="drafts">1–100, 8 MiB together.</param>
    /// <returns>A result for each, in the order given: one bad entry does not harm the others.</returns>
    public Task<IReadOnlyList<BatchResult>> SubmitBatchAsync(IReadOnlyList<BatchDraft> drafts, CancellationToken cancellationToken = default)
    {
        var repetition = Repetition();
        List<BatchDraft> entries = [.. drafts.Select(draft => draft.IdempotencyKey is null ? draft with { IdempotencyKey = NewKey() } : draft)];

        return BatchRepetition.SendAsync(entries, SendAsync, repetition, cancellationToken);

        async Task<IReadOnlyList<BatchResult>> SendAsync(IReadOnlyList<BatchDraft> some)
        {
            var call = ApiCall.Post($"{Notifications}/batch", new BatchDrafts(some), Json.BatchDrafts) with { HasKeysInside = true };
            return (await _intake.SendAsync(call, Json.BatchResults, repetition, cancellationToken)).Results;
        }
    }

    /// <returns>The record as it is then.</returns>
    public Task<NotificationView> CancelAsync(string id, CancellationToken cancellationToken = default) =>
        _intake.SendAsync(ApiCall.Post($"{Of(id)}/cancel"), Json.NotificationView, Repetition(), cancellationToken);

    public Task<Submitted> RedeliverAsync(string id, CancellationToken cancellationToken = default) =>
        _intake.SendAsync(ApiCall.Post($"{Of(id)}/redeliver"), Json.Submitted, Repetition(), cancellationToken);

    /// <summary>For operators.</summary>
    public Task<BulkRedelivery> StartRedeliveryAsync(BulkRedeliveryDraft draft, CancellationToken cancellationToken = default) =>
        _intake.SendAsync(ApiCall.Post(Redeliveries, draft, Json.BulkRedeliveryDraft), Json.BulkRedelivery, Repetition(), cancellationToken);

    /// <summary>For operators.</summary>
    public Task<BulkRedelivery> GetRedeliveryAsync(string jobId, CancellationToken cancellationToken = default) =>
        _intake.SendAsync(ApiCall.Get($"{Redeliveries}/{Uri.EscapeDataString(jobId)}"), Json.BulkRedelivery, Repetition(), cancellationToken);

    /// <summary>For operators. What has been redelivered stays so.</summary>
    public Task<BulkRedelivery> StopRedeliveryAsync(string jobId, CancellationToken cancellationToken = default) =>
        _intake.SendAsync(ApiCall.Delete($"{Redeliveries}/{Uri.EscapeDataString(jobId)}"), Json.BulkRedelivery, Repetition(), cancellationToken);

    /// <summary>Strongly consistent.</summary>
    public Task<NotificationView> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _status.SendAsync(ApiCall.Get(Of(id)), Json.NotificationView, Repetition(), cancellationToken);

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
        var answer = await _status.SendAsync(ApiCall.Get($"{Of(id)}/attempts"), Json.AttemptList, Repetition(), cancellationToken);
        return answer.Items;
    }

    public Task<StoredRequest> GetRequestAsync(string id, CancellationToken cancellationToken = default) =>
        _status.SendAsync(ApiCall.Get($"{Of(id)}/request"), Json.StoredRequest, Repetition(), cancellationToken);

    /// <summary>One page.</summary>
    public Task<NotificationPage> ListPageAsync(NotificationFilter filter, string? cursor = null, CancellationToken cancellationToken = default) =>
        _status.SendAsync(ApiCall.Get($"{Notifications}?{filter.ToListQuery(cursor)}"), Json.NotificationPage, Repetition(), cancellationToken);

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
    /// All that the filter lets through, newest first, in one answer that is read while it comes. <see cref="WaybillClientOptions.CallTimeout"/> holds until it begins.
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
        var call = ApiCall.Get($"{Notifications}/export?{filter.ToExportQuery(format)}");
        var answer = await _status.OpenAsync(call, format.MediaType(), Repetition(), cancellationToken);
        return await NotificationExport.OfAsync(answer, cancellationToken);
    }

    /// <param name="operation">The method that asks.</param>
    private Repetition Repetition([CallerMemberName] string operation = "") => new(operation, _options, _time, Retrying);

    /// <summary>New for each thing that is handed over, and the same for all of its attempts.</summary>
    private string NewKey() => Guid.CreateVersion7(_time.GetUtcNow()).ToString();

    private static string Of(string id) => $"{Notifications}/{Uri.EscapeDataString(id)}";
}
