using System.Net.Http.Json;

namespace Waybill.Client;

/// <summary>Events, which go to the endpoints of a tenant.</summary>
public sealed partial class WaybillClient
{
    private const string Events = "v1/events";

    /// <param name="draft">What happened.</param>
    /// <param name="idempotencyKey">Makes it safe to send the same again. Visible ASCII, 1–255 characters.</param>
    public Task<PublishedEvent> PublishAsync(EventDraft draft, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _intake.SendAsync(HttpMethod.Post, Events, JsonContent.Create(draft, Json.EventDraft), Json.PublishedEvent, cancellationToken, idempotencyKey);

    /// <param name="drafts">1–100.</param>
    /// <returns>A result for each, in the order given: one bad entry does not harm the others.</returns>
    public async Task<IReadOnlyList<EventBatchResult>> PublishBatchAsync(IReadOnlyList<EventBatchDraft> drafts, CancellationToken cancellationToken = default)
    {
        var content = JsonContent.Create(new EventBatchDrafts(drafts), Json.EventBatchDrafts);
        var answer = await _intake.SendAsync(HttpMethod.Post, $"{Events}/batch", content, Json.EventBatchResults, cancellationToken);
        return answer.Results;
    }

    public Task<EventDetails> GetEventAsync(string id, CancellationToken cancellationToken = default) =>
        _status.SendAsync(HttpMethod.Get, $"{Events}/{Uri.EscapeDataString(id)}", null, Json.EventDetails, cancellationToken);

    /// <summary>Reads it again until all of its notifications are final. A caller that has waited long enough stops asking for more.</summary>
    /// <param name="happened">As it was read last.</param>
    /// <param name="interval">The pause before each reading.</param>
    /// <returns>Each later reading, the last of them final; none when it was final already.</returns>
    public IAsyncEnumerable<EventDetails> FollowAsync(EventDetails happened, TimeSpan interval, CancellationToken cancellationToken = default) =>
        Following.UntilEndAsync(happened, one => one.IsFinal, stop => GetEventAsync(happened.Id, stop), interval, _time, cancellationToken);
}
