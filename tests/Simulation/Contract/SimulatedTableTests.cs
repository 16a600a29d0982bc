using Amazon.DynamoDBv2;
using Waybill.Simulation.Table;

namespace Waybill.Simulation.Contract;

public sealed class SimulatedTableTests : TableContract
{
    protected override IAmazonDynamoDB DynamoDb { get; } = DynamoDbProxy.Create(
        new InMemoryTable(() => TimeSpan.Zero, () => TimeSpan.Zero),
        async (request, _, answer) =>
        {
            await Task.Yield();
            return answer(request);
        });
}
