using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Transitions;

/// <summary>Rules out that two who cancel or redeliver one notification at the same time both win, or that a loser is told something stale.</summary>
[Collection(StatusCollection.Name)]
public sealed class ActionRaceTests(StatusFixture fixture)
{
    private const int OfEach = 6;

    private static readonly CancellationToken None = CancellationToken.None;

    private readonly Situation _situation = new(fixture.Backends.DynamoDbClient);
    private readonly StatusClient _client = fixture.Status.Client;

    [Theory]
    [InlineData(FromState.Queued)]
    [InlineData(FromState.Processing)]
    [InlineData(FromState.LeaseExpired)]
    [InlineData(FromState.RetryDue)]
    [InlineData(FromState.FailedFinal)]
    [InlineData(FromState.Success)]
    public async Task Race_of_cancel_redeliver_claim_and_result(FromState state)
    {
        var id = await _situation.Of(state);
        var before = (await _client.GetAsync(id, None))!;
        var start = new TaskCompletionSource();

        var racers = Enumerable.Range(0, OfEach).SelectMany(_ => new Func<Task<TransitionOutcome>>[]
        {
            () => _client.CancelAsync(id, None),
            () => _client.RedeliverAsync(id, None),
            () => ClaimAsync(id),
            () => _client.ResultAsync(id, new ResultRequest(Situation.LeaseToken, 0, Results.ClientError(), null), None),
        }).Select(async race =>
        {
            await start.Task;
            return await race();
        }).ToArray();

        start.SetResult();
        var outcomes = await Task.WhenAll(racers);
        var after = (await _client.GetAsync(id, None))!;

        // Each version has one winner, and nothing else has raised it.
        var won = outcomes.Where(outcome => outcome.Applied).Select(outcome => outcome.Record!.Version).Order();
        Assert.Equal(Enumerable.Range(before.Version + 1, after.Version - before.Version), won);
        Assert.NotEqual(before.Version, after.Version);

        // Each loser is told what it is: as it was when the loser's turn came.
        Assert.All(outcomes.Where(outcome => !outcome.Applied), outcome => Assert.InRange(outcome.Record!.Version, before.Version, after.Version));
    }

    private async Task<TransitionOutcome> ClaimAsync(string id)
    {
        var (claim, current) = await _client.ClaimAsync(id, new ClaimRequest("racer"), None);
        return new TransitionOutcome(claim is not null, claim?.Record ?? current);
    }
}
