using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.StatusService.Callbacks;
using Waybill.StatusService.Counters;
using Waybill.StatusService.Endpoints;
using Waybill.StatusService.Endpoints.Pacing;
using Waybill.StatusService.Events;
using Waybill.StatusService.Store;
using Waybill.StatusService.Store.Changes;
using Waybill.StatusService.Store.Partitions;
using Waybill.StatusService.Store.Table;
using Waybill.StatusService.Transitions;

namespace Waybill.Bench.Storing;

/// <summary>
/// What one status service does for a notification, by its own classes and without HTTP: the record, its places in the indexes and their directory,
/// and the counts are as they would be.
/// </summary>
internal sealed class StoringProcess
{
    private const string Worker = "bench";

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(2);
    private static readonly byte[] Payload = Encoding.UTF8.GetBytes($$"""{"order":4711,"text":"{{new string('x', 300)}}"}""");

    private readonly SetClock _clock;
    private readonly IntakeTransitions _intake;
    private readonly ClaimTransition _claim;
    private readonly WorkerTransitions _worker;
    private readonly CounterWriter _counts;

    public StoringProcess(ITableClient table, SetClock clock)
    {
        var options = Options.Create(new TableOptions());
        var calls = new TableCalls(clock, new Random(1));
        var counters = new CounterBook(clock);
        var partitions = new RecordPartitions(new PartitionDirectory(table, calls, options, clock), new ShardSpread(clock));
        var store = new NotificationStore(table, calls, partitions, new TransitionJournal(counters, NullLogger<TransitionJournal>.Instance), options);
        var endpointOptions = Options.Create(new EndpointOptions());
        var endpoints = new EndpointStore(table, calls, options, NullLogger<EndpointStore>.Instance);
        var callbacks = new CallbackSubscriptions(endpoints, clock);
        var moves = new EndpointMoves(endpoints, callbacks, clock, endpointOptions, NullLogger<EndpointMoves>.Instance);

        _clock = clock;
        _intake = new IntakeTransitions(store, clock, options);
        _claim = new ClaimTransition(store, new EventStore(table, calls, options), new Holds(store, endpoints, clock), callbacks, clock, options, new WorkersSeen(clock));
        _worker = new WorkerTransitions(store, callbacks, new EndpointHealth(endpoints, moves, clock, endpointOptions, NullLogger<EndpointHealth>.Instance), clock, options);
        _counts = new CounterWriter(counters, table, calls, options, clock, NullLogger<CounterWriter>.Instance);
    }

    /// <summary>From the post to the end at its first attempt.</summary>
    public async Task StoreAsync(StoredNotification notification)
    {
        var id = notification.Id;

        _clock.Now = notification.CreatedAt;
        Expect((await _intake.AcceptAsync(Accept(notification), CancellationToken.None)).Applied);

        _clock.Now += Step;
        Expect((await _intake.QueueAsync(id, CancellationToken.None)).Applied);

        _clock.Now += Step;
        var (claim, _) = await _claim.ClaimAsync(id, new ClaimRequest(Worker), CancellationToken.None);
        Expect(claim is not null);

        _clock.Now = notification.CreatedAt + notification.Took;
        var result = new ResultRequest(claim!.Record.Lease!.Token, claim.Record.Epoch, Attempt.Result(notification.Fails, attempt: 1, _clock.Now), RetryInSeconds: null);
        Expect((await _worker.ResultAsync(id, result, CancellationToken.None)).Applied);
    }

    /// <summary>What it has counted, as it does when it ends.</summary>
    public Task WriteCountsAsync() => _counts.StopAsync(CancellationToken.None);

    private static AcceptRequest Accept(StoredNotification notification) => new()
    {
        Id = notification.Id,
        Owner = notification.Owner,
        Request = new NotificationRequest("POST", $"https://{notification.Host}/hooks/orders", new Dictionary<string, string>(), "application/json", Payload),
        Fingerprint = Convert.ToBase64String(new byte[32]),
        TimeoutSeconds = DeliveryTiming.DefaultTimeoutSeconds,
        CorrelationId = notification.CorrelationId,
    };

    private static void Expect(bool applied)
    {
        if (!applied)
        {
            throw new InvalidOperationException("The status service's own transitions refuse each other.");
        }
    }
}
