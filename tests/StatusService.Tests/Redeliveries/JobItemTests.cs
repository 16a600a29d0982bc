using Waybill.Notifications.StatusApi.Redeliveries;
using Waybill.Notifications.Records;
using Waybill.StatusService.Redeliveries;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Recent;

namespace Waybill.StatusService.Tests.Redeliveries;

/// <summary>Rules out that what a job says of how far it is goes back, or ends before it does.</summary>
public sealed class JobItemTests
{
    private static readonly DateTimeOffset _from = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset _now = _from.AddHours(10);

    [Fact]
    public void It_begins_with_what_has_failed_last()
    {
        var job = JobItem.Read(New());

        Assert.Equal((_now, 0), (job.Reached, job.Progress));
    }

    [Theory]
    [InlineData(WalkStep.Failed, 4, 4)]
    [InlineData(WalkStep.Older, 1, 0)]
    [InlineData(WalkStep.Older, 0.5, 0)]
    internal void What_an_earlier_release_has_stored_comes_after_all_others(WalkStep step, double positionHours, int reachedHours)
    {
        var position = _from.AddHours(positionHours).ToUnixTimeMilliseconds();
        var cursor = new WalkCursor(step, _from.ToUnixTimeMilliseconds(), _from.AddHours(1).ToUnixTimeMilliseconds(), RecentPosition.Before(position));
        var item = New();
        item[StoredNames.Job.Position] = StoredValue.Of(cursor.Text());

        Assert.Equal(_from.AddHours(reachedHours), JobItem.Read(item).Reached);
    }

    private static Item New() => JobItem.New(new CreateJobRequest(RedeliveryJobId.New(_now), new RedeliveryFilter(_from, _from.AddHours(1), null, null), 50, "operations"), _now);
}
