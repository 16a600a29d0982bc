using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Callbacks;
using Waybill.StatusService.Store.Changes;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Partitions;
using Waybill.StatusService.Tests.Support;
using Waybill.StatusService.Tests.Transitions.Dispatching;
using Waybill.StatusService.Transitions;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Transitions;

/// <summary>
/// Every transition from every state, through the internal API, on a real table. Rules out a condition that lets through what
/// the table does not name, one that refuses what it names, and a write that touches anything else.
/// </summary>
[Collection(StatusCollection.Name)]
public sealed class TransitionMatrixTests(StatusFixture fixture)
{
    private readonly Situation _situation = new(fixture.Backends.DynamoDbClient);

    public static TheoryData<string, FromState> EveryPair()
    {
        var pairs = new TheoryData<string, FromState>();

        foreach (var row in TransitionTable.All)
        {
            foreach (var state in Enum.GetValues<FromState>())
            {
                pairs.Add(row.Name, state);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(EveryPair))]
    public async Task A_transition_applies_exactly_from_the_states_of_its_row(string transition, FromState state)
    {
        var row = TransitionTable.All.Single(row => row.Name == transition);
        var id = await _situation.Of(state, row == TransitionTable.Abandon ? UseUpClaims : row == TransitionTable.Told ? Owe : null);
        var before = await _situation.Read(id);

        var outcome = await Ask(row, id);

        var after = await _situation.Read(id);
        Assert.Equal(Allows(row, state), outcome.Applied);

        if (!outcome.Applied)
        {
            Assert.Equal(ItemText.Of(before), ItemText.Of(after));
            Assert.Equal(before is null ? null : StateItem.Read(before).Status, outcome.Record?.Status);
            return;
        }

        AssertOnlyTheRowWasWritten(row, before, after!);
        Assert.Equal(Expected(row, state, before), StateItem.Read(after!).Status);
        Assert.Equivalent(StateItem.Read(after!), outcome.Record, strict: true);
    }

    /// <summary>States overlap: an expired lease is still PROCESSING, a due retry still waits for it.</summary>
    private static bool Allows(Transition row, FromState state) =>
        row.From.Contains(state)
        || (state == FromState.LeaseExpired && row.From.Contains(FromState.Processing))
        || (state == FromState.RetryDue && row.From.Contains(FromState.AwaitingRetry));

    private static NotificationStatus Expected(Transition row, FromState state, Item? before) =>
        row.IsNote ? StateItem.Read(before!).Status : row.To ?? (state == FromState.Pending ? NotificationStatus.Pending : NotificationStatus.Queued);

    private static void AssertOnlyTheRowWasWritten(Transition row, Item? before, Item after)
    {
        if (before is null)
        {
            return;
        }

        var old = ItemText.Of(before);
        var written = ItemText.Of(after);
        var changed = old.Keys.Union(written.Keys).Where(name => old.GetValueOrDefault(name) != written.GetValueOrDefault(name));
        var allowed = row.Writes.SelectMany(FieldNames.Of).Concat(row.IsNote ? [StoredNames.Version, StoredNames.WriteToken] : FieldNames.Always);

        Assert.Empty(changed.Except(allowed));
        Assert.Equal("kept", after[Situation.FutureAttribute].S);
        Assert.Equal(before.RequiredInt(StoredNames.Version) + 1, after.RequiredInt(StoredNames.Version));
    }

    private async Task<TransitionOutcome> Ask(Transition row, string id)
    {
        var client = fixture.Status.Client;
        var none = CancellationToken.None;

        return row.Name switch
        {
            "Accept" => await client.AcceptAsync(Submissions.New(id), none),
            "Queue" => await client.QueuedAsync(id, none),
            "RollBack" => await client.RollBackAsync(id, new RollBackRequest(7, "the queue refused it", 5), none),
            "Redispatch" or "Abandon" => Outcome(await client.DispatchAsync(id)),
            "Claim" => Outcome(await client.ClaimAsync(id, new ClaimRequest("worker-2"), none)),
            "Release" => await client.ReleaseAsync(id, new ReleaseRequest(Situation.LeaseToken, 1), none),
            "Succeed" => await client.ResultAsync(id, new ResultRequest(Situation.LeaseToken, 0, Results.Success(), null), none),
            "Retry" => await client.ResultAsync(id, new ResultRequest(Situation.LeaseToken, 0, Results.ServerError(), 5), none),
            "Fail" => await client.ResultAsync(id, new ResultRequest(Situation.LeaseToken, 0, Results.ClientError(), null), none),
            "Cancel" => await client.CancelAsync(id, none),
            "Redeliver" => await client.RedeliverAsync(id, none),
            "Refuse" => await RefuseAsync(id),
            "Hold" => await fixture.Parts.Store.ApplyAsync(id, Holds.Hold(await SeenAsync(id), Situation.Due.AddDays(1), DateTimeOffset.UtcNow), none),
            "Resume" => await fixture.Parts.Store.ApplyAsync(id, Holds.Resume(await SeenAsync(id), Situation.Due.AddDays(1), DateTimeOffset.UtcNow), none),
            "Told" => await fixture.Parts.Store.ApplyAsync(id, OwedCallback.Told(await Owed(id), DateTimeOffset.UtcNow), none),
            _ => throw new NotSupportedException($"{row} has no request here: add it."),
        };
    }

    private Task<TransitionOutcome> RefuseAsync(string id)
    {
        var now = DateTimeOffset.UtcNow;
        var request = Submissions.New(id);
        var result = EndWithoutAttempt.Refused(request.CorrelationId, now);
        var item = StateItem.Refused(StateItem.New(request, now, now), result, now, now.AddDays(30), isOwed: false);

        return fixture.Parts.Store.InsertRefusedAsync(item, new Failure(request.Owner, now, request.Request.Url, result.Category, result.ErrorDetails!.Code), now, CancellationToken.None);
    }

    /// <summary>What the status service dispatches otherwise, it gives up then.</summary>
    private static void UseUpClaims(Item item) => item[StoredNames.Claims] = StoredValue.Of(1_000);

    private static void Owe(Item item)
    {
        item[StoredNames.DueShard] = StoredValue.Of(Shards.Outbox(item[StoredNames.Id].S));
        item[StoredNames.DueAt] = StoredValue.Of(Situation.Due);
    }

    /// <summary>As somebody has read it who found it due.</summary>
    private async Task<NotificationRecord> Owed(string id) => await SeenAsync(id) with { DueAt = Situation.Due };

    /// <summary>Of none, as if there were one.</summary>
    private async Task<NotificationRecord> SeenAsync(string id) => StateItem.Read(await _situation.Read(id) ?? StateItem.New(Submissions.New(id), Situation.Due, Situation.Due));

    private static TransitionOutcome Outcome(DispatchOutcome outcome) => outcome switch
    {
        DispatchOutcome.Dispatched dispatched => new(true, dispatched.Record),
        DispatchOutcome.Abandoned abandoned => new(true, abandoned.Record),
        DispatchOutcome.MovedOn movedOn => new(false, movedOn.Current),
        _ => throw new NotSupportedException($"{outcome} is new: add it."),
    };

    private static TransitionOutcome Outcome((ClaimResponse? Claim, NotificationRecord? Current) answer) =>
        new(answer.Claim is not null, answer.Claim?.Record ?? answer.Current);
}
