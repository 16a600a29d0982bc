using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SQS.Internal;
using Amazon.SQS.Model;

namespace Amazon.SQS;

/// <summary>The SQS client: operations on top of the pipeline (signing, retries, credentials, telemetry) of AWSSDK.Core.</summary>
public class AmazonSQSClient : AmazonServiceClient, IAmazonSQS
{
    public AmazonSQSClient() : this(new AmazonSQSConfig())
    {
    }

    public AmazonSQSClient(RegionEndpoint region) : this(new AmazonSQSConfig { RegionEndpoint = region })
    {
    }

    public AmazonSQSClient(AmazonSQSConfig config) : base(config)
    {
    }

    public AmazonSQSClient(AWSCredentials credentials) : this(credentials, new AmazonSQSConfig())
    {
    }

    public AmazonSQSClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonSQSConfig { RegionEndpoint = region })
    {
    }

    public AmazonSQSClient(AWSCredentials credentials, AmazonSQSConfig clientConfig) : base(credentials, clientConfig)
    {
    }

    protected override IServiceMetadata ServiceMetadata { get; } = new SqsMetadata();

    public virtual Task<ChangeMessageVisibilityResponse> ChangeMessageVisibilityAsync(
        string queueUrl, string receiptHandle, int? visibilityTimeout, CancellationToken cancellationToken = default)
    {
        var request = new ChangeMessageVisibilityRequest
        {
            QueueUrl = queueUrl,
            ReceiptHandle = receiptHandle,
            VisibilityTimeout = visibilityTimeout,
        };

        return ChangeMessageVisibilityAsync(request, cancellationToken);
    }

    public virtual Task<ChangeMessageVisibilityResponse> ChangeMessageVisibilityAsync(
        ChangeMessageVisibilityRequest request, CancellationToken cancellationToken = default)
        => Call<ChangeMessageVisibilityRequest, ChangeMessageVisibilityResponse>(request, cancellationToken);

    public virtual Task<ChangeMessageVisibilityBatchResponse> ChangeMessageVisibilityBatchAsync(
        ChangeMessageVisibilityBatchRequest request, CancellationToken cancellationToken = default)
        => Call<ChangeMessageVisibilityBatchRequest, ChangeMessageVisibilityBatchResponse>(request, cancellationToken);

    public virtual Task<CreateQueueResponse> CreateQueueAsync(string queueName, CancellationToken cancellationToken = default)
        => CreateQueueAsync(new CreateQueueRequest(queueName), cancellationToken);

    public virtual Task<CreateQueueResponse> CreateQueueAsync(
        CreateQueueRequest request, CancellationToken cancellationToken = default)
        => Call<CreateQueueRequest, CreateQueueResponse>(request, cancellationToken);

    public virtual Task<DeleteMessageResponse> DeleteMessageAsync(
        string queueUrl, string receiptHandle, CancellationToken cancellationToken = default)
        => DeleteMessageAsync(new DeleteMessageRequest(queueUrl, receiptHandle), cancellationToken);

    public virtual Task<DeleteMessageResponse> DeleteMessageAsync(
        DeleteMessageRequest request, CancellationToken cancellationToken = default)
        => Call<DeleteMessageRequest, DeleteMessageResponse>(request, cancellationToken);

    public virtual Task<DeleteMessageBatchResponse> DeleteMessageBatchAsync(
        DeleteMessageBatchRequest request, CancellationToken cancellationToken = default)
        => Call<DeleteMessageBatchRequest, DeleteMessageBatchResponse>(request, cancellationToken);

    public virtual Task<GetQueueAttributesResponse> GetQueueAttributesAsync(
        string queueUrl, List<string> attributeNames, CancellationToken cancellationToken = default)
        => GetQueueAttributesAsync(new GetQueueAttributesRequest(queueUrl, attributeNames), cancellationToken);

    public virtual Task<GetQueueAttributesResponse> GetQueueAttributesAsync(
        GetQueueAttributesRequest request, CancellationToken cancellationToken = default)
        => Call<GetQueueAttributesRequest, GetQueueAttributesResponse>(request, cancellationToken);

    public virtual Task<GetQueueUrlResponse> GetQueueUrlAsync(string queueName, CancellationToken cancellationToken = default)
        => GetQueueUrlAsync(new GetQueueUrlRequest(queueName), cancellationToken);

    public virtual Task<GetQueueUrlResponse> GetQueueUrlAsync(
        GetQueueUrlRequest request, CancellationToken cancellationToken = default)
        => Call<GetQueueUrlRequest, GetQueueUrlResponse>(request, cancellationToken);

    public virtual Task<ReceiveMessageResponse> ReceiveMessageAsync(string queueUrl, CancellationToken cancellationToken = default)
        => ReceiveMessageAsync(new ReceiveMessageRequest(queueUrl), cancellationToken);

    public virtual Task<ReceiveMessageResponse> ReceiveMessageAsync(
        ReceiveMessageRequest request, CancellationToken cancellationToken = default)
        => Call<ReceiveMessageRequest, ReceiveMessageResponse>(request, cancellationToken);

    public virtual Task<SendMessageResponse> SendMessageAsync(
        string queueUrl, string messageBody, CancellationToken cancellationToken = default)
        => SendMessageAsync(new SendMessageRequest(queueUrl, messageBody), cancellationToken);

    public virtual Task<SendMessageResponse> SendMessageAsync(
        SendMessageRequest request, CancellationToken cancellationToken = default)
        => Call<SendMessageRequest, SendMessageResponse>(request, cancellationToken);

    public virtual Task<SendMessageBatchResponse> SendMessageBatchAsync(
        SendMessageBatchRequest request, CancellationToken cancellationToken = default)
        => Call<SendMessageBatchRequest, SendMessageBatchResponse>(request, cancellationToken);

    public virtual Task<SetQueueAttributesResponse> SetQueueAttributesAsync(
        string queueUrl, Dictionary<string, string> attributes, CancellationToken cancellationToken = default)
        => SetQueueAttributesAsync(new SetQueueAttributesRequest(queueUrl, attributes), cancellationToken);

    public virtual Task<SetQueueAttributesResponse> SetQueueAttributesAsync(
        SetQueueAttributesRequest request, CancellationToken cancellationToken = default)
        => Call<SetQueueAttributesRequest, SetQueueAttributesResponse>(request, cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.AddHandlerBefore<Unmarshaller>(new Md5Handler());
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new SqsEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new SqsAuthSchemeHandler());
    }

    private Task<TResponse> Call<TRequest, TResponse>(TRequest request, CancellationToken cancellationToken)
        where TRequest : AmazonSQSRequest
        where TResponse : AmazonWebServiceResponse, new()
        => InvokeAsync<TResponse>(request, Operation<TRequest, TResponse>.Options, cancellationToken);
}
