using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.StatusService.Counters;
using Waybill.StatusService.Store.Table;
using Waybill.StatusService.Tests.Store.Table;
using Waybill.StatusService.Tests.Support;
using Waybill.StatusService.Transitions;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Counters;

/// <summary>Rules out that a transition is counted as another, twice, or not, also where its answer is lost and it is asked for again.</summary>
[Collection(StatusCollection.Name)]
public sealed class TransitionCountsTests(StatusFixture fixture)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Each_transition_counts_once_as_what_it_is() => await LiveAsync(fixture.Table);

    /// <summary>Each write is refused at its second try, by what the first one has written.</summary>
    [Fact]
    public async Task So_it_does_when_the_first_answer_to_each_write_is_lost()
    {
        var lost = new HashSet<string>();
        await using var listener = await TableListener.StartBeforeAsync(fixture.Backends.DynamoDb.Endpoint, after: (call, answer) =>
        {
            lock (lost)
            {
                return call.Operation is "PutItem" or "UpdateItem" && lost.Add(call.Text) ? GivenAnswer.Unavailable : answer;
            }
        });
        using var client = listener.CreateClient();

        await LiveAsync(client);

        Assert.True(lost.Count > 10, "Nothing was lost.");
    }

    [Fact]
    public async Task What_is_refused_counts_as_nothing()
    {
        var parts = new StoreParts(fixture.Table);
        var request = Submissions.New(owner: $"owner-{Guid.NewGuid():N}");
        var intake = new IntakeTransitions(parts.Store, parts.Time, parts.Options);
        var client = parts.Client;
        await intake.AcceptAsync(request, None);

        await intake.AcceptAsync(request, None);
        await client.RedeliverAsync(request.Id, None);
        await parts.Worker.ResultAsync(request.Id, new ResultRequest("no lease", 0, Results.Success(), null), None);

        var tally = TallyOf(parts, request.Owner);
        Assert.Equal((1, 0, 0, 0), (tally.Accepted, tally.Succeeded, tally.Attempts, tally.Redelivered));
        Assert.Empty(tally.Failed);
    }

    /// <summary>Accepted, tried, failed for good, redelivered, delivered, redelivered and cancelled.</summary>
    private static async Task LiveAsync(ITableClient table)
    {
        var parts = new StoreParts(table);
        var worker = parts.Worker;
        var client = parts.Client;
        var request = Submissions.New(owner: $"owner-{Guid.NewGuid():N}", url: "https://hooks.example:8443/a");
        await new IntakeTransitions(parts.Store, parts.Time, parts.Options).AcceptAsync(request, None);

        await ReportAsync(Results.ServerError(1), retryInSeconds: 0);
        await ReportAsync(Results.ClientError(2));
        await client.RedeliverAsync(request.Id, None);
        await ReportAsync(Results.Success(3), epoch: 1);
        await client.RedeliverAsync(request.Id, None);
        await client.CancelAsync(request.Id, None);

        var tally = TallyOf(parts, request.Owner);
        Assert.Equal((1, 1, 3, 2), (tally.Accepted, tally.Succeeded, tally.Attempts, tally.Redelivered));
        Assert.Equal([("CANCELLED", 1L), ("CLIENT_ERROR", 1L)], tally.Failed.Select(failed => (failed.Key, failed.Value)));
        var host = Assert.Single(tally.Hosts);
        Assert.Equal(("hooks.example:8443", 1, 1, 2), (host.Key, host.Value.Accepted, host.Value.Succeeded, host.Value.Failed));
        Assert.Equal(1, tally.Latency.Count);

        async Task ReportAsync(DeliveryResult result, double? retryInSeconds = null, int epoch = 0)
        {
            var (claim, _) = await parts.Claim.ClaimAsync(request.Id, new ClaimRequest("worker"), None);
            var outcome = await worker.ResultAsync(request.Id, new ResultRequest(claim!.Record.Lease!.Token, epoch, result, retryInSeconds), None);
            Assert.True(outcome.Applied);
        }
    }

    private static Tally TallyOf(StoreParts parts, string owner) =>
        Tally.Sum(parts.Counters.Changed(CounterPeriod.Hour).Where(write => write.Key.Owner == owner).Select(write => write.Tally));
}
