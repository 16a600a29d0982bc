using System.Diagnostics.Metrics;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Telemetry;
using Waybill.Simulation.Table;
using Waybill.StatusService.Endpoints.Pacing;
using Waybill.StatusService.Events;
using Waybill.StatusService.Store;
using Waybill.StatusService.Store.Changes;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Table;
using Waybill.StatusService.Transitions;
using Waybill.TestSupport;
using Xunit;

namespace Waybill.Simulation.Tests;

/// <summary>Rules out that the count of notifications by status drifts when the table's answers are lost.</summary>
public sealed class LostAnswerTests : IDisposable
{
    private readonly InMemoryTable _table = new(() => TimeSpan.Zero, () => TimeSpan.Zero);
    private readonly IOptions<TableOptions> _options = Options.Create(new TableOptions());
    private readonly NotificationStore _store;
    private readonly EventStore _events;
    private readonly MeterListener _listener = new();
    private readonly AsyncLocal<Dictionary<string, long>?> _mine = new();
    private readonly HashSet<string> _lost = [];

    public LostAnswerTests()
    {
        var dynamoDb = DynamoDbProxy.Create(_table, (request, _, answer) =>
        {
            var answered = answer(request);

            return request is UpdateItemRequest update && _lost.Add(update.ExpressionAttributeValues[":" + StoredNames.WriteToken].S)
                ? throw new AmazonClientException("The answer was lost.")
                : Task.FromResult(answered);
        });

        var stored = SimulatedStore.On(dynamoDb, _options, TimeProvider.System, Random.Shared, NullLogger<TransitionJournal>.Instance);
        (_store, _events) = (stored.Notifications, stored.Events);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == WaybillTelemetry.Name && instrument.Name == "waybill.notifications")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, change, tags, _) => Note(change, tags));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Each_status_is_counted_up_and_down_although_every_first_answer_is_lost()
    {
        var counts = _mine.Value = [];
        var none = CancellationToken.None;
        var request = Submissions.New();
        await new IntakeTransitions(_store, TimeProvider.System, _options).AcceptAsync(request, none);
        await new IntakeTransitions(_store, TimeProvider.System, _options).QueueAsync(request.Id, none);
        var (claim, _) = await new ClaimTransition(_store, _events, TimeProvider.System, _options, new WorkersSeen(TimeProvider.System)).ClaimAsync(request.Id, new ClaimRequest("worker"), none);
        var result = new ResultRequest(claim!.Record.Lease!.Token, 0, Results.ClientError(), null);
        await new WorkerTransitions(_store, TimeProvider.System, _options).ResultAsync(request.Id, result, none);
        await new ClientTransitions(_store, TimeProvider.System, _options).RedeliverAsync(request.Id, none);

        Assert.Equal(4, _lost.Count);
        Assert.Equal(["PENDING False 1"], counts.Where(count => count.Value != 0).Select(count => $"{count.Key} {count.Value}"));
    }

    private void Note(long change, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (_mine.Value is { } counts)
        {
            var key = $"{tags[0].Value} {tags[1].Value}";
            counts[key] = counts.GetValueOrDefault(key) + change;
        }
    }
}
