using Waybill.Notifications.Records;

namespace Waybill.Notifications.Tests;

/// <summary>Rules out a notification that is not final and does not say what it waits for.</summary>
public sealed class NotificationWaitingTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly NotificationRecord Pending = new()
    {
        Id = "ntf",
        Owner = "alice",
        Status = NotificationStatus.Pending,
        Version = 1,
        Epoch = 0,
        Url = "http://example.com/",
        Method = "POST",
        TimeoutSeconds = 15,
        Attempts = 0,
        MaxAttempts = 10,
        Claims = 0,
        CreatedAt = Now,
        LastUpdatedAt = Now,
        DueAt = Now.AddSeconds(25),
        Fingerprint = "",
    };

    private static readonly NotificationRecord Failed = Pending with { Status = NotificationStatus.Failed, Attempts = 1 };

    [Fact]
    public void What_is_stored_waits_for_the_queue() => Says("QUEUED", 25, Pending);

    [Fact]
    public void What_is_queued_waits_for_a_worker() => Says("QUEUED", 25, Pending with { Status = NotificationStatus.Queued });

    [Fact]
    public void What_was_scheduled_waits_for_its_time() => Says("SCHEDULED", 600, Pending with { DeliverAt = Now.AddSeconds(600), DueAt = Now.AddSeconds(600) });

    [Fact]
    public void What_was_scheduled_and_is_redelivered_waits_for_the_queue() => Says("QUEUED", 25, Pending with { DeliverAt = Now.AddSeconds(-600) });

    [Fact]
    public void What_a_worker_has_waits_for_the_end_of_its_attempt() =>
        Says("ATTEMPT", 20, Pending with { Status = NotificationStatus.Processing, Lease = new Lease("token", "worker", Now, Now.AddSeconds(20)) });

    [Fact]
    public void A_retry_by_the_schedule_says_so() => Says("RETRY", 6, Failed with { NextAttemptAt = Now.AddSeconds(6), DueAt = Now.AddSeconds(6) });

    [Fact]
    public void A_retry_later_than_the_schedule_can_have_it_was_asked_for() =>
        Says("RETRY_AFTER", 60, Failed with { NextAttemptAt = Now.AddSeconds(60), DueAt = Now.AddSeconds(60) });

    [Fact]
    public void A_reason_that_is_not_known_is_passed_on() => Says("ENDPOINT_PAUSED", 25, Pending with { WaitingReason = "ENDPOINT_PAUSED" });

    [Fact]
    public void What_is_final_waits_for_nothing() => Assert.Null(NotificationWaiting.Of(Failed with { WaitingReason = "HOST_BUSY" }));

    private static void Says(string reason, int seconds, NotificationRecord record) =>
        Assert.Equal(new NotificationWaiting(reason, Now.AddSeconds(seconds)), NotificationWaiting.Of(record));
}
