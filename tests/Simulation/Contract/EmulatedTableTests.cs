using Amazon.DynamoDBv2;
using Xunit;

namespace Waybill.Simulation.Contract;

[Collection(EmulatorCollection.Name)]
public sealed class EmulatedTableTests(EmulatorFixture emulators) : TableContract
{
    protected override IAmazonDynamoDB DynamoDb => emulators.Backends.DynamoDbClient;

    /// <summary>A deviation: dynoxide writes an item and its index entries at once.</summary>
    protected override bool IndexesLag => false;
}
