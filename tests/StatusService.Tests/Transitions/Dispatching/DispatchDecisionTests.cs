using Waybill.Notifications.Records;
using Waybill.StatusService.Transitions;

namespace Waybill.StatusService.Tests.Transitions.Dispatching;

public sealed class DispatchDecisionTests
{
    private static readonly DateTimeOffset DueAt = new(2030, 1, 31, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = DueAt.AddSeconds(1);

    [Theory]
    [InlineData("PENDING")]
    [InlineData("QUEUED")]
    [InlineData("PROCESSING")]
    [InlineData("FAILED")]
    public void What_is_still_due_is_dispatched(string status) =>
        Assert.IsType<DispatchDecision.Dispatch>(DispatchDecision.About(DueAt, Record(NotificationStatus.Of(status)), Now));

    [Fact]
    public void What_has_moved_on_is_left_alone()
    {
        Assert.IsType<DispatchDecision.Nothing>(DispatchDecision.About(DueAt, null, Now));
        Assert.IsType<DispatchDecision.Nothing>(DispatchDecision.About(DueAt, Record(NotificationStatus.Queued) with { DueAt = DueAt.AddMilliseconds(1) }, Now));
        Assert.IsType<DispatchDecision.Nothing>(DispatchDecision.About(DueAt, Record(NotificationStatus.Success) with { DueAt = null }, Now));
        Assert.IsType<DispatchDecision.Nothing>(DispatchDecision.About(DueAt, Record(NotificationStatus.Failed) with { NextAttemptAt = null }, Now));
    }

    [Fact]
    public void A_notification_that_used_up_its_claims_is_abandoned()
    {
        var record = Record(NotificationStatus.Processing) with { MaxAttempts = 3 };

        Assert.IsType<DispatchDecision.Dispatch>(DispatchDecision.About(DueAt, record with { Claims = 8 }, Now));
        var abandon = Assert.IsType<DispatchDecision.Abandon>(DispatchDecision.About(DueAt, record with { Claims = 9 }, Now));
        Assert.Contains("9 times", abandon.Bound.Reason);
    }

    [Fact]
    public void What_is_in_a_status_that_this_release_does_not_know_is_passed_over()
    {
        var skip = Assert.IsType<DispatchDecision.Skip>(DispatchDecision.About(DueAt, Record(NotificationStatus.Of("HELD_BACK")), Now));

        Assert.Contains("'HELD_BACK'", skip.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_by_this_clock_is_not_due_yet_is_left_alone() =>
        Assert.IsType<DispatchDecision.Nothing>(DispatchDecision.About(DueAt, Record(NotificationStatus.Queued), DueAt.AddMilliseconds(-1)));

    private static NotificationRecord Record(NotificationStatus status) => new()
    {
        Id = "ntf_1",
        Owner = "alice",
        Status = status,
        Version = 1,
        Epoch = 0,
        Url = "http://127.0.0.1:9/",
        Method = "POST",
        TimeoutSeconds = 15,
        Attempts = 0,
        MaxAttempts = 10,
        Claims = 0,
        CreatedAt = DueAt,
        LastUpdatedAt = DueAt,
        NextAttemptAt = DueAt,
        DueAt = DueAt,
        Fingerprint = "f",
    };
}
