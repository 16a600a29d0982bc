using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
using Waybill.StatusService.Store;

namespace Waybill.StatusService.Callbacks;

/// <summary>
/// Tells of failures: of one key at most one callback a second, and each failure in exactly one of them. What a callback stands for is written down before it is made; a plan that is
/// found open is finished before another is made, by whoever finds it. So a crash at any point leaves failures that are still owed, or a plan.
/// </summary>
internal sealed class Digests(DigestStore heads, NotificationStore store, CallbackEvents events, CallbackSubscriptions subscriptions, TimeProvider time)
{
    /// <summary>Failures that one callback stands for, at most: what is left is told a second later.</summary>
    public const int MostMembers = 1000;

    /// <summary>From one callback about the same to the next.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <summary>Due times that are taken away at a time.</summary>
    private const int AtATime = 16;

    /// <param name="ids">Of those that may be owed, each once, the most urgent first.</param>
    /// <param name="keepsPace">False: one more is made although the last one was not a second ago.</param>
    public async Task<DigestStep> TellAsync(DigestKey key, IReadOnlyList<string> ids, bool keepsPace, CancellationToken cancellationToken)
    {
        var head = await heads.GetAsync(key, cancellationToken);
        var done = 0;

        if (head.Open is { } open)
        {
            done = await FinishAsync(key, open, cancellationToken);
        }

        // Read after the head: whatever stands in a callback up to that one is seen to be told.
        var read = await store.GetManyAsync(ids, cancellationToken, consistent: true);
        var owed = ids.Select(id => read.Records.GetValueOrDefault(id)).OfType<NotificationRecord>().Where(IsOwedFailure).Take(MostMembers).ToArray();

        if (owed.Length == 0)
        {
            return new DigestStep(done);
        }

        if (!await subscriptions.TakesAsync(key.Owner, CallbackTypes.NotificationFailed, cancellationToken))
        {
            return new DigestStep(done + await NoteToldAsync(owed, cancellationToken));
        }

        var now = time.GetUtcNow();
        var since = now - head.At;

        // A last one that lies ahead was planned by another clock: no reason to wait for long.
        if (keepsPace && since.Duration() < Pace)
        {
            return new DigestStep(done, Pace - since.Duration());
        }

        var plan = new DigestPlan(head.Number + 1, now, [.. owed.Select(record => new DigestMember(record.Id, record.Epoch))]);

        return await heads.OpenAsync(key, plan, cancellationToken)
            ? new DigestStep(done + await FinishAsync(key, plan, owed, cancellationToken))
            : new DigestStep(done, TimeSpan.Zero);
    }

    private async Task<int> FinishAsync(DigestKey key, DigestPlan open, CancellationToken cancellationToken)
    {
        var read = await store.GetManyAsync(open.Members.Select(member => member.Id), cancellationToken, consistent: true);
        return await FinishAsync(key, open, [.. open.Members.Where(member => read.Records.GetValueOrDefault(member.Id) is { } record && member.Is(record)).Select(member => read.Records[member.Id])], cancellationToken);
    }

    /// <param name="members">Those of the plan that are as they were when it was made.</param>
    private async Task<int> FinishAsync(DigestKey key, DigestPlan plan, IReadOnlyList<NotificationRecord> members, CancellationToken cancellationToken)
    {
        await events.FailedAsync(plan.EventId(key), key, plan.Members.Count, [.. members.OrderBy(record => record.LastUpdatedAt)], cancellationToken);
        var told = await NoteToldAsync([.. members.Where(OwedCallback.IsOwed)], cancellationToken);
        await heads.CloseAsync(key, plan, time.GetUtcNow(), cancellationToken);
        return told;
    }

    private async Task<int> NoteToldAsync(IReadOnlyList<NotificationRecord> told, CancellationToken cancellationToken)
    {
        foreach (var together in told.Chunk(AtATime))
        {
            // Refused: somebody else has noted it.
            await Task.WhenAll(together.Select(record => store.ApplyAsync(record.Id, OwedCallback.Told(record, time.GetUtcNow()), cancellationToken)));
        }

        return told.Count;
    }

    private static bool IsOwedFailure(NotificationRecord record) => OwedCallback.IsOwed(record) && record.Status == NotificationStatus.Failed;
}

/// <param name="Told">How many failures.</param>
/// <param name="Wait">When to look again, if some are left; null: none is.</param>
internal readonly record struct DigestStep(int Told, TimeSpan? Wait = null);
