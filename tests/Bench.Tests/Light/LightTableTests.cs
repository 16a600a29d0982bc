using Amazon.DynamoDBv2;
using Waybill.Simulation.Contract;

namespace Waybill.Bench.Tests.Light;

[Collection(LightGroup.Name)]
public sealed class LightTableTests(LightFixture light) : TableContract
{
    protected override IAmazonDynamoDB DynamoDb => light.DynamoDb;

    protected override bool IndexesLag => false;
}
