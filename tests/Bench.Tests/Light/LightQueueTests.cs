using Amazon.SQS;
using Waybill.Simulation.Contract;

namespace Waybill.Bench.Tests.Light;

[Collection(LightGroup.Name)]
public sealed class LightQueueTests(LightFixture light) : SqsQueueContract
{
    protected override IAmazonSQS Sqs => light.Sqs;
}
