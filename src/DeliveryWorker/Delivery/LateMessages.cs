using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Waybill.DeliveryWorker.Delivery;

/// <summary>
/// Messages that the queue gives to a worker that already stops. The transport drops them, so they would stay invisible for their
/// visibility timeout: here they are made visible again, and the transport is told that there were none.
/// </summary>
internal sealed partial class LateMessages(IHostApplicationLifetime lifetime, IAmazonSQS queue, ILogger<LateMessages> logger) : IRuntimePipelineCustomizer, IHostedService
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly List<Task> _returns = [];

    public string UniqueName => nameof(LateMessages);

    public void Customize(Type type, RuntimePipeline pipeline)
    {
        if (type == typeof(AmazonSQSClient))
        {
            pipeline.AddHandler(new Handler(this));
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>After the bus, which is registered later: what it received last is on its way back by then.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.WhenAll(_returns).WaitAsync(cancellationToken);
        }
    }

    private Task TakeAsync(ReceiveMessageRequest request, ReceiveMessageResponse response)
    {
        if (!lifetime.ApplicationStopping.IsCancellationRequested || response.Messages is not { Count: > 0 } messages)
        {
            return Task.CompletedTask;
        }

        response.Messages = [];
        var returning = ReturnAsync(request.QueueUrl, messages);

        lock (_lock)
        {
            _returns.Add(returning);
        }

        return returning;
    }

    private async Task ReturnAsync(string queueUrl, List<Message> messages)
    {
        try
        {
            using var deadline = new CancellationTokenSource(Deadline);
            await Task.WhenAll(messages.Select(message => queue.ChangeMessageVisibilityAsync(queueUrl, message.ReceiptHandle, 0, deadline.Token)));
            Log.Returned(logger, messages.Count);
        }
        catch (Exception exception) when (exception is AmazonClientException or AmazonServiceException or OperationCanceledException or HttpRequestException)
        {
            Log.NotReturned(logger, messages.Count, exception.Message);
        }
    }

    /// <summary>Outside of all others, so that it sees the answer as the caller does.</summary>
    private sealed class Handler(LateMessages late) : PipelineHandler
    {
        public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
        {
            var response = await base.InvokeAsync<T>(executionContext);

            if (response is ReceiveMessageResponse received)
            {
                await late.TakeAsync((ReceiveMessageRequest)executionContext.RequestContext.OriginalRequest, received);
            }

            return response;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The worker stops: {Messages} messages that came late go back to the queue")]
        public static partial void Returned(ILogger logger, int messages);

        [LoggerMessage(LogLevel.Warning, "The worker stops, and of {Messages} messages that came late some go back to the queue only after their visibility timeout: {Reason}")]
        public static partial void NotReturned(ILogger logger, int messages, string reason);
    }
}
