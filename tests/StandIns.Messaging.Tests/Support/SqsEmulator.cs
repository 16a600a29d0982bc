using Amazon.SQS;
using Amazon.SQS.Model;
using Waybill.LocalAws;

namespace Waybill.StandIns.Messaging.Tests.Support;

/// <summary>An SQS of a test class's own, in memory. Every test uses queues of its own.</summary>
public sealed class SqsEmulator : IAsyncLifetime
{
    private LocalBackends? _backends;

    public Uri Endpoint => Backends.Sqs.Endpoint;

    public IAmazonSQS Client => Backends.SqsClient;

    private LocalBackends Backends => _backends ?? throw new InvalidOperationException("The emulator was not started");

    public async Task InitializeAsync() => _backends = await LocalBackends.StartAsync();

    public async Task DisposeAsync() => await Backends.DisposeAsync();

    public static string NewQueueName() => $"test-{Guid.NewGuid():N}";

    public async Task<TestQueue> CreateQueue(params (QueueAttributeName Name, string Value)[] attributes)
    {
        var request = new CreateQueueRequest(NewQueueName())
        {
            Attributes = attributes.ToDictionary(attribute => attribute.Name.Value, attribute => attribute.Value),
        };
        var created = await Client.CreateQueueAsync(request);

        return new TestQueue(Client, request.QueueName, created.QueueUrl);
    }

    /// <summary>A queue whose messages move to <paramref name="deadLetters"/> after <paramref name="maxReceiveCount"/> receives.</summary>
    public async Task<TestQueue> CreateQueueWith(TestQueue deadLetters, int maxReceiveCount)
    {
        var arn = (await Client.GetQueueAttributesAsync(deadLetters.Url, [QueueAttributeName.QueueArn])).QueueARN;
        var policy = $$"""{"deadLetterTargetArn":"{{arn}}","maxReceiveCount":{{maxReceiveCount}}}""";

        return await CreateQueue((QueueAttributeName.RedrivePolicy, policy), (QueueAttributeName.VisibilityTimeout, "5"));
    }

    public async Task<TestQueue> Existing(string name)
        => new(Client, name, (await Client.GetQueueUrlAsync(name)).QueueUrl);
}
