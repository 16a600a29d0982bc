using Amazon.DynamoDBv2;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Waybill.Simulation.Events;
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

namespace Waybill.Simulation.Table;

/// <summary>What one status service builds around its table, of its production classes. What it counts nobody writes down.</summary>
internal sealed class SimulatedStore
{
    private SimulatedStore(IAmazonDynamoDB dynamoDb, IOptions<TableOptions> options, TimeProvider time, Random random, EndpointOptions endpointOptions, ILoggerFactory loggers)
    {
        var table = new SdkTableClient(dynamoDb);
        var calls = new TableCalls(time, random);
        var directory = new PartitionDirectory(table, calls, options, time);
        var partitions = new RecordPartitions(directory, new ShardSpread(time));
        var judging = Microsoft.Extensions.Options.Options.Create(endpointOptions);

        Notifications = new NotificationStore(table, calls, partitions, new TransitionJournal(new CounterBook(time), loggers.CreateLogger<TransitionJournal>()), options);
        Events = new EventStore(table, calls, options);
        Endpoints = new EndpointStore(table, calls, options, loggers.CreateLogger<EndpointStore>());
        Jobs = new JobStore(table, calls, options, loggers.CreateLogger<JobStore>());
        JobTransitions = new JobTransitions(Jobs, time, options);

        var older = new OlderHours(table, calls, options, time);
        var walks = new RecordWalks(
            new RecentIndex(table, calls, directory, older, options),
            new FailedIndex(table, calls, directory, options),
            new CorrelationIndex(table, calls, directory, options),
            new EndpointIndex(table, calls, directory, options),
            new OlderIndex(table, calls, directory, older, options),
            new OpenRecords(Notifications),
            Notifications,
            time);

        JobPages = new JobPages(walks, Notifications, Jobs);

        var subscriptions = new CallbackSubscriptions(Endpoints, time);
        var moves = new EndpointMoves(Endpoints, subscriptions, time, judging, loggers.CreateLogger<EndpointMoves>());
        var holds = new Holds(Notifications, Endpoints, time);

        EventTransitions = new EventTransitions(Events, Endpoints, Notifications, holds, subscriptions, time, options, loggers.CreateLogger<EventTransitions>());

        var callbacks = new CallbackEvents(EventTransitions, time, Microsoft.Extensions.Options.Options.Create(new CallbackOptions()));
        var digests = new Digests(new DigestStore(table, calls, options), Notifications, callbacks, subscriptions, time);
        var outbox = new Outbox(Notifications, digests, callbacks, subscriptions, time, loggers.CreateLogger<Outbox>());

        Intake = new IntakeTransitions(Notifications, time, options);
        Dispatcher = new DispatcherTransitions(Notifications, subscriptions, time, options);
        Claim = new ClaimTransition(Notifications, Events, holds, subscriptions, time, options, new WorkersSeen(time));
        Tickets = new CallTickets(table, calls, time, options);
        Worker = new WorkerTransitions(Notifications, subscriptions, new EndpointHealth(Endpoints, moves, time, judging, loggers.CreateLogger<EndpointHealth>()), time, options);
        Client = new ClientTransitions(Notifications, holds, outbox, time, options);
        States = new EndpointStates(moves);

        // Nobody runs the sweep: what is open for an endpoint that was deleted ends with its next claim.
        EndpointTransitions = new EndpointTransitions(
            Endpoints,
            new EndpointSecrets(SimulatedTenant.Sealer),
            new EndpointSweep(walks, Notifications, subscriptions, time, options, loggers.CreateLogger<EndpointSweep>()),
            subscriptions,
            time,
            options,
            loggers.CreateLogger<EndpointTransitions>());

        var news = new EndpointNews(callbacks, subscriptions, judging);
        Upkeep = new Upkeep(outbox, new EndpointWatch(Endpoints, moves, news, JobTransitions, Client, walks, time, judging, loggers.CreateLogger<EndpointWatch>()));
    }

    public NotificationStore Notifications { get; }

    public EventStore Events { get; }

    public EndpointStore Endpoints { get; }

    public JobStore Jobs { get; }

    public JobPages JobPages { get; }

    public JobTransitions JobTransitions { get; }

    public IntakeTransitions Intake { get; }

    public DispatcherTransitions Dispatcher { get; }

    public ClaimTransition Claim { get; }

    public CallTickets Tickets { get; }

    public WorkerTransitions Worker { get; }

    public ClientTransitions Client { get; }

    public EventTransitions EventTransitions { get; }

    public EndpointTransitions EndpointTransitions { get; }

    public EndpointStates States { get; }

    public Upkeep Upkeep { get; }

    /// <param name="endpoints">Null: as by default.</param>
    /// <param name="loggers">Null: nobody listens.</param>
    public static SimulatedStore On(
        IAmazonDynamoDB dynamoDb,
        IOptions<TableOptions> options,
        TimeProvider time,
        Random random,
        EndpointOptions? endpoints = null,
        ILoggerFactory? loggers = null) =>
        new(dynamoDb, options, time, random, endpoints ?? new EndpointOptions(), loggers ?? NullLoggerFactory.Instance);
}
