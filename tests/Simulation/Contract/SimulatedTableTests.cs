using System.Diagnostics;
using Amazon.DynamoDBv2;
using Waybill.Simulation.Table;

namespace Waybill.Simulation.Contract;

public sealed class SimulatedTableTests : TableContract
{
    private static readonly Stopwatch Watch = Stopwatch.StartNew();

    protected override IAmazonDynamoDB DynamoDb { get; } = DynamoDbProxy.Create(
        new InMemoryTable(() => Watch.Elapsed, () => TimeSpan.FromMilliseconds(20)),
        async (request, _, answer) =>
        {
            await Task.Yield();
            return answer(request);
        });
}
