using Amazon.DynamoDBv2;
using Xunit;

namespace Waybill.Simulation.Contract;

[Collection(EmulatorCollection.Name)]
public sealed class EmulatedTableTests(EmulatorFixture emulators) : TableContract
{
    protected override IAmazonDynamoDB DynamoDb => emulators.Backends.DynamoDbClient;
}
