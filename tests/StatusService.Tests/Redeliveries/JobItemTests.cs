using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Redeliveries;
using Waybill.StatusService.Redeliveries;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Recent;

namespace Waybill.StatusService.Tests.Redeliveries;

/// <summary>Rules out that what a job says of how far it is goes back, or ends before it does.</summary>
public sealed class JobItemTests
{
    private static readonly DateTimeOffset From = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = From.AddHours(10);

    [Fact]
    public void It_begins_with_what_has_failed_last()
    {
        var job = JobItem.Read(New());

        Assert.Equal((Now, 0), (job.Reached, job.Progress));
    }

    [Theory]
    [InlineData(WalkStep.Failed, 4, 4)]
    [InlineData(WalkStep.Older, 1, 0)]
    [InlineData(WalkStep.Older, 0.5, 0)]
    internal void What_an_earlier_release_has_stored_comes_after_all_others(WalkStep step, double positionHours, int reachedHours)
    {
        var position = From.AddHours(positionHours).ToUnixTimeMilliseconds();
        var cursor = new WalkCursor(step, From.ToUnixTimeMilliseconds(), From.AddHours(1).ToUnixTimeMilliseconds(), RecentPosition.Before(position));
        var item = New();
        item[StoredNames.Job.Position] = StoredValue.Of(cursor.Text());

        Assert.Equal(From.AddHours(reachedHours), JobItem.Read(item).Reached);
    }

    private static Item New() => JobItem.New(new CreateJobRequest(RedeliveryJobId.New(Now), new RedeliveryFilter(From, From.AddHours(1), null, null), 50, "operations"), Now);
}
