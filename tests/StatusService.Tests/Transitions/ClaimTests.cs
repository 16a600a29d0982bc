using Waybill.Notifications.Delivery;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Tests.Support;
using Waybill.StatusService.Tests.Transitions.Dispatching;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Transitions;

[Collection(StatusCollection.Name)]
public sealed class ClaimTests(StatusFixture fixture)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly Situation _situation = new(fixture.Backends.DynamoDbClient);

    private StatusClient Client => fixture.Status.Client;

    [Theory]
    [InlineData(FromState.Pending)]
    [InlineData(FromState.LeaseExpired)]
    public async Task Of_64_workers_exactly_one_gets_the_lease(FromState state)
    {
        var id = await _situation.Of(state);

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(number => Client.ClaimAsync(id, new ClaimRequest($"worker-{number}"), None)));

        var winner = Assert.Single(answers, answer => answer.Claim is not null).Claim!;
        var record = await Client.GetAsync(id, None);
        Assert.Equal(winner.Record.Lease, record!.Lease);
        Assert.All(answers.Where(answer => answer.Claim is null), answer => Assert.Equal(NotificationStatus.Processing, answer.Current!.Status));
    }

    [Theory]
    [InlineData(FromState.Pending)]
    [InlineData(FromState.LeaseExpired)]
    public async Task A_worker_that_asks_again_gets_the_lease_it_has(FromState state)
    {
        var id = await _situation.Of(state);
        var request = new ClaimRequest("worker", Lease.NewToken());

        var (first, _) = await Client.ClaimAsync(id, request, None);
        var (again, _) = await Client.ClaimAsync(id, request, None);
        var (other, _) = await Client.ClaimAsync(id, request with { Token = Lease.NewToken() }, None);

        Assert.Equal(request.Token, first!.Record.Lease!.Token);
        Assert.Equal((first.Record.Version, first.Record.Lease), (again!.Record.Version, again.Record.Lease));
        Assert.Null(other);
    }

    [Fact]
    public async Task A_fresh_claim_leaves_the_due_time_and_lasts_longer_than_the_attempt()
    {
        var accepted = await Client.AcceptAsync(Submissions.New(), None);

        var (claim, _) = await Client.ClaimAsync(accepted.Record!.Id, new ClaimRequest("worker"), None);

        var record = claim!.Record;
        Assert.Equal(accepted.Record.DueAt, record.DueAt);
        Assert.Equal(DeliveryTiming.LeaseFor(record.TimeoutSeconds), record.Lease!.Until - record.Lease.StartedAt);
        Assert.True(record.DueAt >= record.Lease.Until);
        Assert.Equal(1, record.Claims);
    }

    [Fact]
    public async Task A_late_claim_moves_the_due_time_to_the_end_of_its_lease()
    {
        var id = await _situation.Of(FromState.Queued);

        var (claim, _) = await Client.ClaimAsync(id, new ClaimRequest("worker"), None);

        Assert.Equal(claim!.Record.Lease!.Until, claim.Record.DueAt);
    }

    [Fact]
    public async Task A_takeover_puts_the_abandoned_attempt_into_the_history()
    {
        var id = await _situation.Of(FromState.LeaseExpired);

        var (claim, _) = await Client.ClaimAsync(id, new ClaimRequest("worker-2"), None);

        var lost = Assert.Single(claim!.Record.History);
        Assert.Equal((1, DeliveryCategory.Abandoned, "lease_expired"), (lost.Number, lost.Category, lost.ErrorCode));
        Assert.Equal(2, claim.Record.NextAttemptNumber);
        Assert.NotEqual(Situation.LeaseToken, claim.Record.Lease!.Token);
        Assert.Equal("worker-2", claim.Record.Lease.Owner);
    }

    [Fact]
    public async Task An_attempt_that_was_lost_before_a_redispatch_is_still_in_the_history()
    {
        var id = await _situation.Of(FromState.LeaseExpired);
        var dispatched = await Client.DispatchedAsync(id);

        var (claim, _) = await Client.ClaimAsync(id, new ClaimRequest("worker-2"), None);

        Assert.Equal(NotificationStatus.Processing, dispatched.PreviousStatus);
        Assert.Equal("lease_expired", Assert.Single(claim!.Record.History).ErrorCode);
    }

    [Fact]
    public async Task A_worker_whose_lease_was_taken_over_cannot_record()
    {
        var id = await _situation.Of(FromState.LeaseExpired);
        var (claim, _) = await Client.ClaimAsync(id, new ClaimRequest("worker-2"), None);

        var late = await Client.ResultAsync(id, new ResultRequest(Situation.LeaseToken, 0, Results.Success(), null), None);
        var valid = await Client.ResultAsync(id, new ResultRequest(claim!.Record.Lease!.Token, 0, Results.Success(2), null), None);

        Assert.False(late.Applied);
        Assert.True(valid.Applied);
        Assert.Equal([1, 2], valid.Record!.History.Select(entry => entry.Number));
    }

    [Fact]
    public async Task Only_one_of_a_cancel_and_a_claim_wins()
    {
        foreach (var _ in Enumerable.Range(0, 20))
        {
            var id = await _situation.Of(FromState.Queued);

            var cancel = Client.CancelAsync(id, None);
            var claim = Client.ClaimAsync(id, new ClaimRequest("worker"), None);

            Assert.NotEqual((await cancel).Applied, (await claim).Claim is not null);
        }
    }

    [Fact]
    public async Task Race_of_cancel_against_claim_against_redeliver()
    {
        foreach (var _ in Enumerable.Range(0, 20))
        {
            var id = await _situation.Of(FromState.FailedFinal);
            var before = await Client.GetAsync(id, None);

            var redeliveries = Enumerable.Range(0, 3).Select(_ => Client.RedeliverAsync(id, None)).ToList();
            var cancels = Enumerable.Range(0, 3).Select(_ => Client.CancelAsync(id, None)).ToList();
            var claims = Enumerable.Range(0, 3).Select(number => Client.ClaimAsync(id, new ClaimRequest($"worker-{number}"), None)).ToList();

            var redelivered = (await Task.WhenAll(redeliveries)).Count(outcome => outcome.Applied);
            var cancelled = (await Task.WhenAll(cancels)).Count(outcome => outcome.Applied);
            var claimed = (await Task.WhenAll(claims)).Count(answer => answer.Claim is not null);

            // Whatever the order was, every move that applied is in the record once, and the last one decides where it is.
            var after = await Client.GetAsync(id, None);
            Assert.Equal(before!.Version + redelivered + cancelled + claimed, after!.Version);
            Assert.Equal(before.Epoch + redelivered, after.Epoch);
            Assert.Equal(redelivered - cancelled, after.IsFinal ? 0 : 1);
            Assert.Equal(claimed, after.Status == NotificationStatus.Processing ? 1 : 0);
        }
    }
}
