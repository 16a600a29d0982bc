using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Simulation.Table;
using Waybill.StatusService.Endpoints.Pacing;
using Waybill.StatusService.Events;
using Waybill.StatusService.Store;
using Waybill.StatusService.Store.Changes;
using Waybill.StatusService.Store.Table;
using Waybill.StatusService.Transitions;
using Waybill.TestSupport;
using Xunit;

namespace Waybill.Simulation.Tests;

/// <summary>
/// Writes that were given up and tried again, and whose first try then arrives after all. The simulator found this race; seeds that
/// meet it are rare, so it has a test of its own.
/// </summary>
public sealed class LateCopyTests
{
    private readonly InMemoryTable _table = new(() => TimeSpan.Zero, () => TimeSpan.Zero);
    private readonly List<UpdateItemRequest> _sent = [];
    private readonly IOptions<TableOptions> _options = Options.Create(new TableOptions());
    private readonly NotificationStore _store;
    private readonly EventStore _events;

    public LateCopyTests()
    {
        var dynamoDb = DynamoDbProxy.Create(_table, Carry);
        var stored = SimulatedStore.On(dynamoDb, _options, TimeProvider.System, Random.Shared, NullLogger<TransitionJournal>.Instance);
        (_store, _events) = (stored.Notifications, stored.Events);
    }

    [Fact]
    public async Task A_late_copy_of_a_claim_and_its_result_records_no_attempt_after_a_redelivery()
    {
        var worker = new WorkerTransitions(_store, TimeProvider.System, _options);
        var id = await Accepted();
        var (claim, _) = await new ClaimTransition(_store, _events, TimeProvider.System, _options, new WorkersSeen(TimeProvider.System)).ClaimAsync(id, new ClaimRequest("worker"), CancellationToken.None);
        var result = new ResultRequest(claim!.Record.Lease!.Token, 0, Results.Success(), null);
        await worker.ResultAsync(id, result, CancellationToken.None);
        await new ClientTransitions(_store, TimeProvider.System, _options).RedeliverAsync(id, CancellationToken.None);

        var claimCopy = _sent[0];
        var resultCopy = _sent[1];
        _table.Update(claimCopy);

        Assert.Throws<ConditionalCheckFailedException>(() => _table.Update(resultCopy));
        var record = await _store.GetAsync(id, CancellationToken.None);
        Assert.Equal(NotificationStatus.Processing, record!.Status);
        Assert.Single(record.History);
    }

    [Fact]
    public async Task Nor_does_one_after_the_history_was_shortened()
    {
        var worker = new WorkerTransitions(_store, TimeProvider.System, _options);
        var client = new ClientTransitions(_store, TimeProvider.System, _options);
        var claims = new ClaimTransition(_store, _events, TimeProvider.System, _options, new WorkersSeen(TimeProvider.System));
        var id = await Accepted();

        for (var epoch = 0; epoch < 30; epoch++)
        {
            var (claim, _) = await claims.ClaimAsync(id, new ClaimRequest("worker"), CancellationToken.None);
            var result = Results.ClientError(claim!.Record.NextAttemptNumber);
            await worker.ResultAsync(id, new ResultRequest(claim.Record.Lease!.Token, epoch, result, null), CancellationToken.None);
            await client.RedeliverAsync(id, CancellationToken.None);
        }

        var claimCopy = _sent[^3];
        var resultCopy = _sent[^2];
        _table.Update(claimCopy);

        Assert.Throws<ConditionalCheckFailedException>(() => _table.Update(resultCopy));
        var record = await _store.GetAsync(id, CancellationToken.None);
        Assert.Equal((30, 10), (record!.LastAttemptNumber, record.HistoryOmitted));
    }

    private async Task<string> Accepted()
    {
        var request = Submissions.New();
        await new IntakeTransitions(_store, TimeProvider.System, _options).AcceptAsync(request, CancellationToken.None);
        return request.Id;
    }

    private Task<object> Carry(AmazonDynamoDBRequest request, CancellationToken cancellationToken, Func<AmazonDynamoDBRequest, object> answer)
    {
        if (request is UpdateItemRequest update)
        {
            _sent.Add(update);
        }

        return Task.FromResult(answer(request));
    }
}
