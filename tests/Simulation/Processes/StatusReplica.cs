using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Batching;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.Notifications.Storage;
using Waybill.Simulation.Engine;
using Waybill.Simulation.Faults;
using Waybill.Simulation.Runs;
using Waybill.Simulation.Table;
using Waybill.StatusService.InternalApi;
using Waybill.StatusService.InternalApi.Batching;
using Waybill.StatusService.Problems;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Table;

namespace Waybill.Simulation.Processes;

/// <summary>One replica of the status service: its production classes on the simulated table.</summary>
internal sealed class StatusReplica : Replica, IServiceProvider
{
    /// <summary>As the production client is configured.</summary>
    private static readonly TimeSpan TableTimeout = TimeSpan.FromSeconds(2);

    /// <summary>So much that no claim waits for it: who waits in a rate limiter goes on in the thread pool.</summary>
    private static readonly InternalApiOptions Room = new() { MaxMegabytesInFlight = 4096 };

    private static readonly string[] FanOutKinds = [TableDefinition.RequestItem, TableDefinition.FanOutItem, TableDefinition.StateItem];

    private readonly Dictionary<Type, object> _services = [];

    public StatusReplica(World world, SimulatedProcess process)
        : base(world, process)
    {
        var dynamoDb = DynamoDbProxy.Create(world.Table, CarryAsync);
        Parts = SimulatedStore.On(dynamoDb, Options.Create(new TableOptions()), process.Clock, world.Random, world.Scenario.Endpoints, new TraceLoggers(world.Trace, process.Name));

        Add(Parts.Notifications);
        Add(Parts.Dispatcher);
        Add(Parts.Jobs);
        Add(Parts.JobPages);
        Add(Parts.JobTransitions);
        Add(Parts.Upkeep);
        Add<TimeProvider>(process.Clock);
        Add(new CallMemory(Options.Create(Room)));
        Add(new BatchedCalls(
            Parts.Intake,
            Parts.Dispatcher,
            Parts.Claim,
            Parts.Worker,
            Parts.Client,
            Parts.EventTransitions,
            Parts.Tickets,
            new TraceLogger<TableUnavailableFilter>(world.Trace, process.Name),
            new TraceLogger<BatchedCalls>(world.Trace, process.Name)));
    }

    /// <summary>What its production classes can do.</summary>
    public SimulatedStore Parts { get; }

    public object? GetService(Type serviceType) => _services.GetValueOrDefault(serviceType) ?? StatusEndpoints.Instance.Shared.GetService(serviceType);

    /// <summary>Handles one request; when the process ends in between, the caller's connection is closed.</summary>
    public Task<StatusReply> HandleAsync(SimulatedProcess caller, StatusRequest request)
    {
        var answer = new TaskCompletionSource<StatusReply>();
        Process.WhenEnded(() => answer.TrySetException(FaultErrors.ConnectionClosed()));
        Process.After(TimeSpan.Zero, () => _ = WorkAsync(caller, request, answer));
        return answer.Task;
    }

    /// <summary>A change to an endpoint; the caller's connection is closed when the process ends in between.</summary>
    public Task<EndpointOutcome> ChangeAsync(SimulatedProcess caller, Func<SimulatedStore, Task<EndpointOutcome>> change)
    {
        var answer = new TaskCompletionSource<EndpointOutcome>();
        Process.WhenEnded(() => answer.TrySetException(FaultErrors.ConnectionClosed()));
        Process.After(TimeSpan.Zero, () => _ = WorkAsync(caller, change, answer));
        return answer.Task;
    }

    private async Task WorkAsync(SimulatedProcess caller, Func<SimulatedStore, Task<EndpointOutcome>> change, TaskCompletionSource<EndpointOutcome> answer)
    {
        Cause.Current = new Cause(caller, "endpoint", null, null);

        try
        {
            answer.TrySetResult(await change(Parts));
        }
        catch (Exception exception)
        {
            answer.TrySetException(exception);
        }
    }

    private async Task WorkAsync(SimulatedProcess caller, StatusRequest request, TaskCompletionSource<StatusReply> answer)
    {
        Cause.Current = new Cause(caller, request.Transition, request.NotificationId, request.Fence, World.Releases.AreTwo ? request.Word : null) { Writer = Process.Release };

        try
        {
            if (World.Mutation.OfCall(request) is { } instead)
            {
                answer.TrySetResult(StatusReply.ToCall(instead, nothingWritten: false, default));
                return;
            }

            if (!Releases.Knows(Process.Release, request))
            {
                answer.TrySetResult(StatusReply.ToCall((int)HttpStatusCode.NotFound, nothingWritten: false, default));
                return;
            }

            var (status, body) = await StatusEndpoints.Instance.CallAsync(Releases.Read(Process.Release, request), this);
            answer.TrySetResult(request.Call is null ? StatusReply.ToRead(World.Mutation.OfStatus(status), Releases.OfAnswer(Process.Release, body)) : Reply(request, body));
        }
        catch (Exception exception)
        {
            World.Checks.Report($"{Process.Name} failed on {request.Method} {request.Path}: {exception}");
            answer.TrySetResult(StatusReply.ToRead((int)HttpStatusCode.InternalServerError, []));
        }
    }

    private StatusReply Reply(StatusRequest request, byte[] line)
    {
        var (_, told) = BatchFormat.ReadAnswer(line.AsMemory().TrimEnd((byte)'\n'));
        var status = World.Mutation.OfStatus((int)told.Status);

        if (told.Status == HttpStatusCode.InternalServerError)
        {
            World.Checks.Report($"{Process.Name} failed on {request.Transition} of {request.NotificationId}: its log has the cause.");
        }

        return status == (int)told.Status
            ? StatusReply.ToCall(status, Releases.OfAnswer(Process.Release, line))
            : StatusReply.ToCall(status, told.NothingWritten, told.Body);
    }

    private Task<object> CarryAsync(AmazonDynamoDBRequest request, CancellationToken cancellationToken, Func<AmazonDynamoDBRequest, object> answer)
    {
        var operation = new Operation(Boundary.Table, request.GetType().Name[..^"Request".Length], Cause.Current?.NotificationId, FanOutStep(request));
        var cause = Cause.Current;
        var sent = World.Mutation.Rewrite(ReleaseOfTable.Written(Process.Release, request), cause);

        if ((World.Mutation.Answer(sent, cause) ?? ReleaseOfTable.Answer(Process.Release, sent)) is { } instead)
        {
            return Task.FromResult(instead);
        }

        return World.Wire.Call(Process, operation, TableTimeout, () => Task.FromResult(AnswerFor(cause, sent, answer)), cancellationToken);
    }

    private static string? FanOutStep(AmazonDynamoDBRequest request) => (Cause.Current?.Route, request) switch
    {
        (StatusClient.AcceptEvent or StatusClient.FinishFanOut, QueryRequest) => $"{Cause.Current.Route}: query endpoints",
        (StatusClient.AcceptEvent or StatusClient.FinishFanOut, PutItemRequest put) when FanOutKinds.Contains(put.Item[StoredNames.Kind].S) => $"{Cause.Current.Route}: put {put.Item[StoredNames.Kind].S}",
        (StatusClient.AcceptEvent or StatusClient.FinishFanOut, UpdateItemRequest update) => $"{Cause.Current.Route}: update {update.Key[StoredNames.Kind].S}",
        (StatusClient.Redeliver or StatusClient.RedeliverByJob or Cause.Upkeep, _) => StepOfTelling(request),
        _ => null,
    };

    private static string? StepOfTelling(AmazonDynamoDBRequest request) => request switch
    {
        PutItemRequest put when put.Item[StoredNames.Kind].S == TableDefinition.JobItem => "put job",
        PutItemRequest put when put.Item[StoredNames.Kind].S == TableDefinition.RequestItem => "put callback",
        PutItemRequest put when put.Item[StoredNames.Kind].S == TableDefinition.StateItem => "put notification of callback",
        UpdateItemRequest update when update.Key[StoredNames.Kind].S == TableDefinition.Digest => Changes.OpensPlan(update) ? "open plan" : "close plan",
        UpdateItemRequest update when update.Key[StoredNames.Kind].S == TableDefinition.StateItem => Changes.IsTold(update) ? "take due time away" : "redeliver",
        UpdateItemRequest update when EndpointId.IsValid(update.Key[StoredNames.Kind].S) => "note on endpoint",
        _ => null,
    };

    private object AnswerFor(Cause? cause, AmazonDynamoDBRequest request, Func<AmazonDynamoDBRequest, object> answer)
    {
        var before = Cause.Current;
        Cause.Current = cause;

        try
        {
            World.Sick.Meet(request);
            World.Mutation.Arrives(World, request, cause);
            return Mutated(ReleaseOfTable.Read(Process.Release, answer(request)), cause);
        }
        catch (ConditionalCheckFailedException refused)
        {
            ReleaseOfTable.Read(Process.Release, refused);
            throw;
        }
        finally
        {
            Cause.Current = before;
        }
    }

    private object Mutated(object answer, Cause? cause)
    {
        foreach (var endpoint in EndpointsIn(answer))
        {
            World.Mutation.Read(endpoint, World.Tenant.AsCreated(endpoint[StoredNames.Kind].S), cause);
            World.Mutation.IsRead(World, endpoint, cause);
        }

        if (answer is GetItemResponse { Item: { } state } && state[StoredNames.Kind].S == TableDefinition.StateItem)
        {
            World.Mutation.ReadState(state, cause);
        }

        return answer;
    }

    private static IEnumerable<Item> EndpointsIn(object answer) => answer switch
    {
        QueryResponse { Items: var items } => items.Where(IsEndpoint),
        BatchGetItemResponse { Responses: var tables } => tables.Values.SelectMany(items => items).Where(IsEndpoint),
        GetItemResponse { Item: { } item } when IsEndpoint(item) => [item],
        _ => [],
    };

    private static bool IsEndpoint(Item item) => EndpointId.IsValid(item[StoredNames.Kind].S);

    private void Add<T>(T service)
        where T : class => _services[typeof(T)] = service;
}
