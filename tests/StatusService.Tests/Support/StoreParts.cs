using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Sealing;
using Waybill.StatusService.Callbacks;
using Waybill.StatusService.Counters;
using Waybill.StatusService.Endpoints;
using Waybill.StatusService.Endpoints.Pacing;
using Waybill.StatusService.Events;
using Waybill.StatusService.Redeliveries;
using Waybill.StatusService.Store;
using Waybill.StatusService.Store.Changes;
using Waybill.StatusService.Store.Partitions;
using Waybill.StatusService.Store.Recent;
using Waybill.StatusService.Store.Table;
using Waybill.StatusService.Transitions;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Support;

/// <summary>What the service builds around the table, as one process has it, for tests with a client, a clock or a table of their own.</summary>
internal sealed class StoreParts
{
    /// <param name="time">Of all but the pauses between tries.</param>
    /// <param name="calls">Null: with the machine's clock.</param>
    public StoreParts(ITableClient table, TimeProvider? time = null, TableCalls? calls = null, string? tableName = null)
    {
        Time = time ?? TimeProvider.System;
        Table = table;
        Calls = calls ?? new TableCalls(TimeProvider.System, Random.Shared);
        Options = Microsoft.Extensions.Options.Options.Create(tableName is null ? new TableOptions() : new TableOptions { Name = tableName });
        Counters = new CounterBook(Time);
        Directory = new PartitionDirectory(Table, Calls, Options, Time);
        Store = new NotificationStore(
            Table,
            Calls,
            new RecordPartitions(Directory, new ShardSpread(Time)),
            new TransitionJournal(Counters, NullLogger<TransitionJournal>.Instance),
            Options);
        Older = new OlderHours(Table, Calls, Options, Time);
        Callbacks = new CallbackSubscriptions(Endpoints, Time);
        Moves = new EndpointMoves(Endpoints, Callbacks, Time, EndpointOptions, NullLogger<EndpointMoves>.Instance);
        Health = new EndpointHealth(Endpoints, Moves, Time, EndpointOptions, NullLogger<EndpointHealth>.Instance);
    }

    public TimeProvider Time { get; }

    public ITableClient Table { get; }

    public TableCalls Calls { get; }

    public IOptions<TableOptions> Options { get; }

    public CounterBook Counters { get; }

    public PartitionDirectory Directory { get; }

    public NotificationStore Store { get; }

    public OlderHours Older { get; }

    public RecentIndex Recent => new(Table, Calls, Directory, Older, Options);

    public FailedIndex Failed => new(Table, Calls, Directory, Options);

    public RecordWalks Walks => new(
        Recent,
        Failed,
        new CorrelationIndex(Table, Calls, Directory, Options),
        new EndpointIndex(Table, Calls, Directory, Options),
        new OlderIndex(Table, Calls, Directory, Older, Options),
        new OpenRecords(Store),
        Store,
        Time);

    public EventStore Events => new(Table, Calls, Options);

    public EndpointStore Endpoints => new(Table, Calls, Options, NullLogger<EndpointStore>.Instance);

    public Holds Holds => new(Store, Endpoints, Time);

    public CallbackSubscriptions Callbacks { get; }

    public EventTransitions EventTransitions => new(Events, Endpoints, Store, Holds, Callbacks, Time, Options, NullLogger<EventTransitions>.Instance);

    public EndpointTransitions EndpointTransitions =>
        new(Endpoints, new EndpointSecrets(new Sealer([TestKeys.Sealing])), new EndpointSweep(Walks, Store, Callbacks, Time, Options, NullLogger<EndpointSweep>.Instance), Callbacks, Time, Options, NullLogger<EndpointTransitions>.Instance);

    public IOptions<EndpointOptions> EndpointOptions { get; } = Microsoft.Extensions.Options.Options.Create(new EndpointOptions());

    public EndpointMoves Moves { get; }

    public EndpointStates States => new(Moves);

    public EndpointHealth Health { get; }

    public WorkerTransitions Worker => new(Store, Callbacks, Health, Time, Options);

    public ClientTransitions Client => new(Store, Holds, CreateOutbox(), Time, Options);

    public JobTransitions JobTransitions => new(new JobStore(Table, Calls, Options, NullLogger<JobStore>.Instance), Time, Options);

    public EndpointWatch Watch => new(Endpoints, Moves, EndpointNews, JobTransitions, Client, Walks, Time, EndpointOptions, NullLogger<EndpointWatch>.Instance);

    public ClaimTransition Claim => new(Store, Events, Holds, Callbacks, Time, Options, new WorkersSeen(Time));

    public DispatcherTransitions Dispatcher => new(Store, Callbacks, Time, Options);

    public CallbackEvents CallbackEvents => new(EventTransitions, Time, Microsoft.Extensions.Options.Options.Create(new CallbackOptions { PublicUrl = new Uri("https://status.example.com") }));

    public DigestStore DigestStore => new(Table, Calls, Options);

    public Outbox CreateOutbox() =>
        new(Store, new Digests(DigestStore, Store, CallbackEvents, Callbacks, Time), CallbackEvents, Callbacks, Time, NullLogger<Outbox>.Instance);

    public EndpointNews EndpointNews => new(CallbackEvents, Callbacks, EndpointOptions);

    public CounterReader CounterReader => new(Table, Calls, Options);

    public CounterWriter CreateCounterWriter() => new(Counters, Table, Calls, Options, Time, NullLogger<CounterWriter>.Instance);
}
