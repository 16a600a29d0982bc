using Amazon.DynamoDBv2;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Waybill.StatusService.Counters;
using Waybill.StatusService.Endpoints;
using Waybill.StatusService.Events;
using Waybill.StatusService.Store;
using Waybill.StatusService.Store.Changes;
using Waybill.StatusService.Store.Partitions;
using Waybill.StatusService.Store.Table;

namespace Waybill.Simulation.Table;

/// <summary>The store of one status service, of its production classes. What it counts nobody writes down.</summary>
internal sealed record SimulatedStore(NotificationStore Notifications, EventStore Events, EndpointStore Endpoints)
{
    public static SimulatedStore On(
        IAmazonDynamoDB dynamoDb,
        IOptions<TableOptions> options,
        TimeProvider time,
        Random random,
        ILogger<TransitionJournal> logger)
    {
        var table = new SdkTableClient(dynamoDb);
        var calls = new TableCalls(time, random);
        var partitions = new RecordPartitions(new PartitionDirectory(table, calls, options, time), new ShardSpread(time));

        return new SimulatedStore(
            new NotificationStore(table, calls, partitions, new TransitionJournal(new CounterBook(time), logger), options),
            new EventStore(table, calls, options),
            new EndpointStore(table, calls, options, NullLogger<EndpointStore>.Instance));
    }
}
