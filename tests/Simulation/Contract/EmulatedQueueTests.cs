using Amazon.SQS;
using Xunit;

namespace Waybill.Simulation.Contract;

[Collection(EmulatorCollection.Name)]
public sealed class EmulatedQueueTests(EmulatorFixture emulators) : SqsQueueContract
{
    protected override IAmazonSQS Sqs => emulators.Backends.SqsClient;
}
