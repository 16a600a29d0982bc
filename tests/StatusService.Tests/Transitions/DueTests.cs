using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Tests.Support;
using Waybill.StatusService.Tests.Transitions.Dispatching;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Transitions;

[Collection(StatusCollection.Name)]
public sealed class DueTests(StatusFixture fixture)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly Situation _situation = new(fixture.Backends.DynamoDbClient);

    [Fact]
    public async Task Only_records_that_are_due_and_not_final_are_found()
    {
        var due = await _situation.Of(FromState.Queued);
        var final = await _situation.Of(FromState.Success);
        var later = (await fixture.Status.Client.AcceptAsync(Submissions.New(), None)).Record!.Id;

        Assert.Contains(due, await DueIds(due));
        Assert.DoesNotContain(final, await DueIds(final));
        Assert.DoesNotContain(later, await DueIds(later));
    }

    [Fact]
    public async Task Of_two_dispatchers_on_one_due_record_one_gets_it()
    {
        var id = await _situation.Of(FromState.AwaitingRetry);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ =>
            fixture.Status.Client.DispatchAsync(id)));

        Assert.Single(outcomes, outcome => outcome is DispatchOutcome.Dispatched);
    }

    [Fact]
    public async Task A_roll_back_leads_to_where_the_dispatch_came_from_and_keeps_the_retry()
    {
        var id = await _situation.Of(FromState.RetryDue);
        var before = await fixture.Status.Client.GetAsync(id, None);
        var dispatched = await fixture.Status.Client.DispatchedAsync(id);

        var back = (await fixture.Status.Client.RollBackAsync(id, new RollBackRequest(dispatched.Version, "refused", 5), None)).Record!;

        Assert.Equal(before!.Status, back.Status);
        Assert.Equal(before.NextAttemptAt, back.NextAttemptAt);
        Assert.Equal("refused", back.LastSendError);
        Assert.Equal(back.LastUpdatedAt.AddSeconds(5), back.DueAt);
    }

    private async Task<IEnumerable<string>> DueIds(string id)
    {
        var due = await fixture.Status.Client.DueAsync(Shards.Due(id), 1000, None);
        return due.Select(item => item.Id);
    }
}
