using System.Globalization;
using Amazon.Runtime.Internal;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Waybill.DeliveryWorker.Delivery;
using Waybill.LocalAws;

namespace Waybill.DeliveryWorker.Tests.EndToEnd;

/// <summary>
/// Rules out that a message which the queue gives to a worker that already stops stays invisible until its visibility timeout is over. With
/// the emulator, as no real stop hits that moment each time.
/// </summary>
[Collection(WorkerCollection.Name)]
public sealed class LateMessagesTests(WorkerFixture fixture)
{
    [Fact]
    public async Task What_comes_after_the_stop_has_begun_goes_back_at_once_and_is_told_to_nobody()
    {
        var lifetime = new Lifetime();
        var late = new LateMessages(lifetime, fixture.Backends.SqsClient, NullLogger<LateMessages>.Instance);
        using var client = new WorkersClient(late, fixture.Backends);
        var queue = (await fixture.Backends.SqsClient.CreateQueueAsync("late-messages")).QueueUrl;
        await fixture.Backends.SqsClient.SendMessageAsync(queue, "before");

        var before = Assert.Single((await client.ReceiveMessageAsync(Receive(queue))).Messages);
        Assert.Equal("before", before.Body);
        await client.DeleteMessageAsync(queue, before.ReceiptHandle);

        await lifetime.StopAsync();
        await fixture.Backends.SqsClient.SendMessageAsync(queue, "after");
        Assert.Empty((await client.ReceiveMessageAsync(Receive(queue))).Messages);
        await late.StopAsync(CancellationToken.None);

        var next = await fixture.Backends.SqsClient.ReceiveMessageAsync(Receive(queue));
        var again = Assert.Single(next.Messages);
        Assert.Equal(("after", "2"), (again.Body, again.Attributes[MessageSystemAttributeName.ApproximateReceiveCount]));
    }

    [Fact]
    public async Task A_queue_that_does_not_answer_any_more_does_not_keep_the_worker_from_stopping()
    {
        var lifetime = new Lifetime();
        using var nobody = new AmazonSQSClient(LocalBackends.AccessKey, LocalBackends.AccessKey, new AmazonSQSConfig
        {
            ServiceURL = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{LoopbackPort.Pick()}"),
            AuthenticationRegion = LocalBackends.Region,
            MaxErrorRetry = 0,
        });
        var late = new LateMessages(lifetime, nobody, NullLogger<LateMessages>.Instance);
        using var client = new WorkersClient(late, fixture.Backends);
        var queue = (await fixture.Backends.SqsClient.CreateQueueAsync("late-messages-down")).QueueUrl;
        await fixture.Backends.SqsClient.SendMessageAsync(queue, "after");
        await lifetime.StopAsync();

        Assert.Empty((await client.ReceiveMessageAsync(Receive(queue))).Messages);
        await late.StopAsync(CancellationToken.None);
    }

    private static ReceiveMessageRequest Receive(string queue) =>
        new(queue) { WaitTimeSeconds = 5, MessageSystemAttributeNames = [MessageSystemAttributeName.ApproximateReceiveCount] };

    /// <summary>The transport's client, as the worker makes it.</summary>
    private sealed class WorkersClient : AmazonSQSClient
    {
        private static readonly AsyncLocal<LateMessages> Late = new();

        public WorkersClient(LateMessages late, LocalBackends backends)
            : base(Set(late), LocalBackends.AccessKey, new AmazonSQSConfig { ServiceURL = backends.Sqs.Endpoint.ToString(), AuthenticationRegion = LocalBackends.Region })
        {
        }

        protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
        {
            base.CustomizeRuntimePipeline(pipeline);
            Late.Value!.Customize(typeof(AmazonSQSClient), pipeline);
        }

        /// <summary>The base's constructor makes the pipeline.</summary>
        private static string Set(LateMessages late)
        {
            Late.Value = late;
            return LocalBackends.AccessKey;
        }
    }

    private sealed class Lifetime : IHostApplicationLifetime
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public Task StopAsync() => _stopping.CancelAsync();

        public void StopApplication() => _stopping.Cancel();
    }
}
