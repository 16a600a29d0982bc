using Waybill.Client.Calls;
using Waybill.Client.Retrying;

namespace Waybill.Client;

/// <summary>Events, which go to the endpoints of a tenant.</summary>
public sealed partial class WaybillClient
{
    private const string Events = "v1/events";

    /// <param name="draft">What happened.</param>
    /// <param name="idempotencyKey">Visible ASCII, 1–255 characters. Of yours it makes it safe to send the same again later, from another process too; unless given, one is made for this call.</param>
    public Task<PublishedEvent> PublishAsync(EventDraft draft, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _intake.SendAsync(
            ApiCall.Post(Events, draft, Json.EventDraft) with { IdempotencyKey = idempotencyKey ?? NewKey() },
            Json.PublishedEvent,
            Repetition(),
            cancellationToken);

    /// <summary>Entries that cannot be taken just now are sent again, they alone. What is still so at the end has its problem in its result.</summary>
    /// <param name="drafts">1–100, 8 MiB together.</param>
    /// <returns>A result for each, in the order given: one bad entry does not harm the others.</returns>
    public Task<IReadOnlyList<EventBatchResult>> PublishBatchAsync(IReadOnlyList<EventBatchDraft> drafts, CancellationToken cancellationToken = default)
    {
        var repetition = Repetition();
        List<EventBatchDraft> entries = [.. drafts.Select(draft => draft.IdempotencyKey is null ? draft with { IdempotencyKey = NewKey() } : draft)];

        return BatchRepetition.SendAsync(entries, SendAsync, repetition, cancellationToken);

        async Task<IReadOnlyList<EventBatchResult>> SendAsync(IReadOnlyList<EventBatchDraft> some)
        {
            var call = ApiCall.Post($"{Events}/batch", new EventBatchDrafts(some), Json.EventBatchDrafts) with { HasKeysInside = true };
            return (await _intake.SendAsync(call, Json.EventBatchResults, repetition, cancellationToken)).Results;
        }
    }

    public Task<EventDetails> GetEventAsync(string id, CancellationToken cancellationToken = default) =>
        _status.SendAsync(ApiCall.Get($"{Events}/{Uri.EscapeDataString(id)}"), Json.EventDetails, Repetition(), cancellationToken);

    /// <summary>Reads it again until all of its notifications are final. A caller that has waited long enough stops asking for more.</summary>
    /// <param name="happened">As it was read last.</param>
    /// <param name="interval">The pause before each reading.</param>
    /// <returns>Each later reading, the last of them final; none when it was final already.</returns>
    public IAsyncEnumerable<EventDetails> FollowAsync(EventDetails happened, TimeSpan interval, CancellationToken cancellationToken = default) =>
        Following.UntilEndAsync(happened, one => one.IsFinal, stop => GetEventAsync(happened.Id, stop), interval, _time, cancellationToken);
}
