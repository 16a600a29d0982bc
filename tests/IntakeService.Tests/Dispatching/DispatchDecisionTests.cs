using Waybill.IntakeService.Dispatching;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;

namespace Waybill.IntakeService.Tests.Dispatching;

public sealed class DispatchDecisionTests
{
    private static readonly DateTimeOffset DueAt = new(2030, 1, 31, 8, 0, 0, TimeSpan.Zero);
    private static readonly DueNotification Due = new("ntf_1", DueAt);

    [Theory]
    [InlineData("PENDING")]
    [InlineData("QUEUED")]
    [InlineData("PROCESSING")]
    [InlineData("FAILED")]
    public void What_is_still_due_is_dispatched(string status) =>
        Assert.IsType<DispatchDecision.Dispatch>(DispatchDecision.About(Due, Record(NotificationStatus.Of(status))));

    [Fact]
    public void What_has_moved_on_is_left_alone()
    {
        Assert.IsType<DispatchDecision.Nothing>(DispatchDecision.About(Due, null));
        Assert.IsType<DispatchDecision.Nothing>(DispatchDecision.About(Due, Record(NotificationStatus.Queued) with { DueAt = DueAt.AddMilliseconds(1) }));
        Assert.IsType<DispatchDecision.Nothing>(DispatchDecision.About(Due, Record(NotificationStatus.Success) with { DueAt = null }));
        Assert.IsType<DispatchDecision.Nothing>(DispatchDecision.About(Due, Record(NotificationStatus.Failed) with { NextAttemptAt = null }));
    }

    [Fact]
    public void A_notification_that_used_up_its_claims_is_abandoned()
    {
        var record = Record(NotificationStatus.Processing) with { MaxAttempts = 3 };

        Assert.IsType<DispatchDecision.Dispatch>(DispatchDecision.About(Due, record with { Claims = 8 }));
        var abandon = Assert.IsType<DispatchDecision.Abandon>(DispatchDecision.About(Due, record with { Claims = 9 }));
        Assert.Contains("9 times", abandon.Reason);
    }

    private static NotificationRecord Record(NotificationStatus status) => new()
    {
        Id = Due.Id,
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
