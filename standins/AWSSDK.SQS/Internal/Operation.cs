using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace Amazon.SQS.Internal;

/// <summary>Writes the request and reads the answer of one operation, which the request type names.</summary>
internal sealed class Operation<TRequest, TResponse> : JsonResponseUnmarshaller, IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonSQSRequest
    where TResponse : AmazonWebServiceResponse, new()
{
    private static readonly Operation<TRequest, TResponse> Instance = new();

    internal static InvokeOptions Options { get; } = new() { RequestMarshaller = Instance, ResponseUnmarshaller = Instance };

    private static string Target => "AmazonSQS." + typeof(TRequest).Name[..^"Request".Length];

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, "Amazon.SQS")
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            Content = JsonSerializer.SerializeToUtf8Bytes((TRequest)input, SqsJson.Options),
        };

        request.Headers["X-Amz-Target"] = Target;
        request.Headers["Content-Type"] = "application/x-amz-json-1.0";
        request.Headers["x-amz-api-version"] = "2012-11-05";

        return request;
    }

    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
        => input.IsEmptyResponse ? new TResponse() : JsonSerializer.Deserialize<TResponse>(input.Stream, SqsJson.Options);

    public override AmazonServiceException UnmarshallException(
        JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var bufferSize = AWSConfigs.StreamingUtf8JsonReaderBufferSize ?? 4096;
        var reader = new StreamingUtf8JsonReader(input.Stream, bufferSize, input.JsonMaxDepth);
        var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader);
        var shape = error.Code ?? "";

        AwsQueryCompatibleErrorHandler.ApplyQueryErrorHeader(error, input.ResponseData);

        return SqsErrors.ToException(shape, error, innerException, statusCode);
    }
}
