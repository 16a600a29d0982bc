using Amazon.DynamoDBv2;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Waybill.LocalAws;
using Waybill.StatusService.Endpoints.Pacing;
using Waybill.StatusService.Events;
using Waybill.StatusService.InternalApi.Batching;
using Waybill.StatusService.Problems;
using Waybill.StatusService.Store.Partitions;
using Waybill.StatusService.Store.Table;
using Waybill.StatusService.Tests.Support;
using Waybill.StatusService.Transitions;

namespace Waybill.StatusService.Tests.InternalApi.Batching;

/// <summary>The service's own parts on the real table, in this process, where spans and counters can be seen.</summary>
internal sealed class InProcess : IDisposable
{
    private readonly TableClient _table;

    public InProcess(LocalBackends backends)
    {
        var options = Options.Create(new TableOptions());
        var time = TimeProvider.System;

        // The client asks the SDK's chain for them, as in the service, whose environment has them too.
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", LocalBackends.AccessKey);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", LocalBackends.AccessKey);

        _table = new TableClient(
            new AmazonDynamoDBConfig
            {
                ServiceURL = backends.DynamoDb.Endpoint.ToString(),
                AuthenticationRegion = LocalBackends.Region,
                MaxErrorRetry = 0,
                Timeout = TimeSpan.FromSeconds(30),
            },
            time);

        var parts = new StoreParts(_table);
        var store = parts.Store;
        Directory = parts.Directory;
        Claim = new ClaimTransition(store, parts.Events, parts.Holds, parts.Callbacks, time, options, new WorkersSeen(time));
        Batched = new BatchedCalls(
            new IntakeTransitions(store, time, options),
            new DispatcherTransitions(store, parts.Callbacks, time, options),
            Claim,
            parts.Worker,
            parts.Client,
            new EventTransitions(parts.Events, parts.Endpoints, store, parts.Holds, parts.Callbacks, time, options, NullLogger<EventTransitions>.Instance),
            new CallTickets(_table, parts.Calls, time, options),
            NullLogger<TableUnavailableFilter>.Instance,
            NullLogger<BatchedCalls>.Instance);
    }

    public PartitionDirectory Directory { get; }

    public ClaimTransition Claim { get; }

    public BatchedCalls Batched { get; }

    public void Dispose() => _table.Dispose();
}
