using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Waybill.LocalAws;

namespace Waybill.Local.Tests.Emulators;

/// <summary>Giving a message back at once, <c>ChangeMessageVisibility(0)</c>, with a data folder.</summary>
public sealed class VisibilityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_message_given_back_comes_again_at_once_with_its_count_kept()
    {
        await using var backends = await LocalBackends.StartAsync(new LocalBackendsOptions { DataFolder = _folder.FullPath });
        var queueUrl = await backends.CreateQueueAsync();
        await backends.SqsClient.SendMessageAsync(queueUrl, "message");

        var first = await ReceiveAsync(backends.SqsClient, queueUrl);
        await backends.SqsClient.ChangeMessageVisibilityAsync(queueUrl, first!.ReceiptHandle, 0);
        var second = await ReceiveAsync(backends.SqsClient, queueUrl);

        Assert.Equal(first.MessageId, second?.MessageId);
        Assert.Equal("1", first.Attributes["ApproximateReceiveCount"]);
        Assert.Equal("2", second?.Attributes["ApproximateReceiveCount"]);
    }

    [Fact]
    public async Task A_message_given_back_keeps_its_count_over_a_crash()
    {
        await using var backends = await LocalBackends.StartAsync(new LocalBackendsOptions { DataFolder = _folder.FullPath });
        var queueUrl = await backends.CreateQueueAsync();
        await backends.SqsClient.SendMessageAsync(queueUrl, "message");
        var first = await ReceiveAsync(backends.SqsClient, queueUrl);
        await backends.SqsClient.ChangeMessageVisibilityAsync(queueUrl, first!.ReceiptHandle, 0);

        await backends.Sqs.KillAsync();
        await backends.Sqs.StartAsync();
        var second = await ReceiveAsync(backends.SqsClient, queueUrl);

        Assert.Equal(first.MessageId, second?.MessageId);
        Assert.Equal("2", second?.Attributes["ApproximateReceiveCount"]);
    }

    /// <summary>Once this fails, fauxqs has mended it, and the patch in sqs.mjs can go.</summary>
    [Fact]
    public async Task Fauxqs_without_our_patch_fails_and_hides_the_message()
    {
        var tools = await LocalTools.EnsureInstalledAsync();
        var script = Path.Combine(AppContext.BaseDirectory, "Emulators", "unpatched-sqs.mjs");
        var package = Path.Combine(tools.Folder, "node_modules", "fauxqs");
        var port = LoopbackPort.Pick();
        using var unpatched = TestProcess.Start(tools.Node, script, package, $"{port}", _folder.FullPath);
        await unpatched.LineWithAsync("ready");

        using var client = new AmazonSQSClient(
            new BasicAWSCredentials("local", "local"),
            new AmazonSQSConfig { ServiceURL = $"http://127.0.0.1:{port}", AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });
        var queueUrl = (await client.CreateQueueAsync("things")).QueueUrl;
        await client.SendMessageAsync(queueUrl, "message");
        var first = await ReceiveAsync(client, queueUrl);

        await Assert.ThrowsAnyAsync<AmazonServiceException>(
            () => client.ChangeMessageVisibilityAsync(queueUrl, first!.ReceiptHandle, 0));
        Assert.Null(await ReceiveAsync(client, queueUrl));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<Message?> ReceiveAsync(IAmazonSQS client, string queueUrl)
    {
        var response = await client.ReceiveMessageAsync(new ReceiveMessageRequest
        {
            QueueUrl = queueUrl,
            VisibilityTimeout = 60,
            MessageSystemAttributeNames = ["ApproximateReceiveCount"],
        });

        return response.Messages?.SingleOrDefault();
    }
}
