using Waybill.Notifications.Delivery;
using Waybill.Notifications.Records;
using Waybill.TestSupport.Systems;

namespace Waybill.Faults.Tests.Support;

/// <summary>What must hold after any fault.</summary>
internal static class Proof
{
    /// <summary>The share that may be refused where no fault refuses any: on a machine so busy that a service gives no answer for 5 s.</summary>
    private const double RefusedByABusyMachine = 0.02;

    /// <summary>The fault does not turn clients away.</summary>
    public static void PostsAreAccepted(IReadOnlyList<Outcome> outcomes)
    {
        var refused = outcomes.Where(outcome => !outcome.Post.IsAccepted).ToList();
        Assert.True(refused.Count <= RefusedByABusyMachine * outcomes.Count, $"{refused.Count} posts were refused, such as {refused.FirstOrDefault()?.Post}");
    }

    /// <summary>
    /// Every accepted notification is final with nothing left due and was called at least once; one that was not accepted is
    /// either not stored, or was delivered all the same.
    /// </summary>
    public static void NothingIsLost(IReadOnlyList<Outcome> outcomes)
    {
        foreach (var (post, record, calls) in outcomes)
        {
            if (post.IsAccepted || record is not null)
            {
                Assert.True(record?.Status == NotificationStatus.Success && record.DueAt is null, $"{post} is not delivered: {record}");
                Assert.True(calls.Count > 0, $"The receiver has seen no call for {post}, {record}");
            }
            else
            {
                Assert.Empty(calls);
            }
        }
    }

    /// <summary>
    /// A call beyond the first is only for what was in hand at a fault. That is known from the history, which lists every attempt:
    /// the one before the repeat is there as abandoned, and the fault lies in its lease.
    /// </summary>
    public static void OnlyWhatWasInHandIsRepeated(IReadOnlyList<Outcome> outcomes, params IReadOnlyList<Fault> faults)
    {
        foreach (var (post, record, calls) in outcomes.Where(outcome => outcome.Calls.Count > 1))
        {
            var excused = record!.History.Count(entry => WasHit(entry, record.TimeoutSeconds, faults) || IsSlowMachine(entry));

            Assert.True(
                calls.Count <= 1 + excused,
                $"{calls.Count} calls, of which {excused} are excused, for {post}: {string.Join("; ", record.History)}");
        }
    }

    /// <summary>One line of figures for the documentation.</summary>
    public static string Figures(IReadOnlyList<Outcome> outcomes, TimeSpan healing)
    {
        var accepted = outcomes.Count(outcome => outcome.Post.IsAccepted);
        var stored = outcomes.Count(outcome => !outcome.Post.IsAccepted && outcome.Record is not null);
        var abandoned = outcomes.Sum(outcome => outcome.Record?.History.Count(entry => entry.Category == DeliveryCategory.Abandoned) ?? 0);
        var repeated = outcomes.Sum(outcome => Math.Max(0, outcome.Calls.Count - 1));
        var slow = outcomes.Sum(outcome => outcome.Record?.History.Count(IsSlowMachine) ?? 0);

        return
            $"{outcomes.Count} posts, {accepted} accepted, {stored} stored although the client was not told so, {abandoned} attempts abandoned, " +
            $"{repeated} calls repeated, {slow} attempts timed out, slowest {healing.TotalSeconds:0.0} s";
    }

    /// <summary>The longest time from a fault to the delivery of what it hit; of what was posted later, from the post.</summary>
    public static TimeSpan Healing(IReadOnlyList<Outcome> outcomes, IReadOnlyList<Fault> faults) => HealingOf(Slowest(outcomes, faults), faults);

    /// <summary>What the slowest delivery waited for, in seconds from its post.</summary>
    public static string DescribeSlowest(IReadOnlyList<Outcome> outcomes, IReadOnlyList<Fault> faults)
    {
        var record = Slowest(outcomes, faults);
        string At(DateTimeOffset? time) => $"{(time - record.CreatedAt)?.TotalSeconds:0.0}";

        var history = record.History.Select(entry => $"{entry.Category} begun at {At(entry.StartedAt)}");
        var faultTimes = faults.Select(fault => At(fault.From));

        return
            $"Slowest {record.Id}: last queued at {At(record.QueuedAt)}, last claimed at {At(record.LastDeliveryAttempt)}, delivered at {At(record.DeliveredAt)}, " +
            $"{string.Join(", ", history)}; faults at {string.Join(", ", faultTimes)}; version {record.Version}, {record.Claims} claims";
    }

    private static NotificationRecord Slowest(IReadOnlyList<Outcome> outcomes, IReadOnlyList<Fault> faults) =>
        outcomes.Select(outcome => outcome.Record).OfType<NotificationRecord>().MaxBy(record => HealingOf(record, faults))!;

    /// <summary>The longest time from that moment, or from the post if that was later, to the delivery.</summary>
    public static TimeSpan HealingAfter(IReadOnlyList<Outcome> outcomes, DateTimeOffset end) =>
        outcomes.Select(outcome => outcome.Record).OfType<NotificationRecord>().Max(record => record.DeliveredAt!.Value - Later(record.CreatedAt, end));

    /// <summary>How what waited at the end of an outage came to its end, in seconds from there.</summary>
    public static string DescribeCatchUp(IReadOnlyList<Outcome> outcomes, DateTimeOffset end)
    {
        var seconds = outcomes.Select(outcome => outcome.Record)
            .OfType<NotificationRecord>()
            .Where(record => record.CreatedAt < end && record.DeliveredAt > end)
            .Select(record => (record.DeliveredAt!.Value - end).TotalSeconds)
            .Order()
            .ToList();

        return seconds.Count == 0
            ? "Nothing waited at the end."
            : $"{seconds.Count} waited at the end; delivered after: the first {seconds[0]:0.0} s, half {seconds[seconds.Count / 2]:0.0} s, 95 % {seconds[seconds.Count * 95 / 100]:0.0} s, the last {seconds[^1]:0.0} s";
    }

    /// <summary>A delivery that several faults hit counts from the last one: the first after its last abandoned attempt began.</summary>
    private static TimeSpan HealingOf(NotificationRecord record, IReadOnlyList<Fault> faults)
    {
        var begin = record.History.LastOrDefault(entry => entry.Category == DeliveryCategory.Abandoned)?.StartedAt ?? record.CreatedAt;
        var hit = faults.FirstOrDefault(fault => fault.From >= begin && fault.From <= record.DeliveredAt);

        return record.DeliveredAt!.Value - (hit?.From ?? begin);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static bool WasHit(HistoryEntry entry, int timeoutSeconds, IEnumerable<Fault> faults) =>
        entry.Category == DeliveryCategory.Abandoned
        && faults.Any(fault => entry.StartedAt <= fault.Until && fault.From <= entry.StartedAt + DeliveryTiming.LeaseFor(timeoutSeconds));

    /// <summary>No fault of Waybill's, and none that a test makes: the answer was too late because processes wait for a processor.</summary>
    private static bool IsSlowMachine(HistoryEntry entry) => entry.Category == DeliveryCategory.Timeout;
}
