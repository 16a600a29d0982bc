using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.SQS.Internal;
using Amazon.Util.Internal;

namespace Amazon.SQS;

/// <summary>
/// Settings of <see cref="AmazonSQSClient"/>. Region, endpoint and retries that are not set here come from the SDK's own chain:
/// environment (<c>AWS_REGION</c>, <c>AWS_ENDPOINT_URL_SQS</c>, <c>AWS_ENDPOINT_URL</c>), then the shared profile.
/// </summary>
public class AmazonSQSConfig : ClientConfig
{
    private static readonly string Agent = InternalSDKUtils.BuildUserAgentString("SQS", "4.0.2.24");

    private static readonly DefaultConfiguration Defaults = new()
    {
        Name = DefaultConfigurationMode.Standard,
        RetryMode = RequestRetryMode.Standard,
        ConnectTimeout = TimeSpan.FromMilliseconds(3100),
        TlsNegotiationTimeout = TimeSpan.FromMilliseconds(3100),
    };

    public AmazonSQSConfig() : base(new DefaultConfigurationProvider([Defaults]))
    {
        // The service id selects the suffix of AWS_ENDPOINT_URL_SQS.
        base.ServiceId = "SQS";
        AuthenticationServiceName = "sqs";
        EndpointProvider = new SqsEndpointProvider();
    }

    public override string RegionEndpointServiceName => "sqs";

    public override string ServiceVersion => "2012-11-05";

    public override string UserAgent => Agent;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters)
    {
        var requestContext = new RequestContext(false)
        {
            ClientConfig = this,
            OriginalRequest = parameters.Request,
            Request = new DefaultRequest(parameters.Request, base.ServiceId) { AlternateEndpoint = parameters.AlternateEndpoint },
        };

        return new SqsEndpointResolver().GetEndpoint(new Amazon.Runtime.Internal.ExecutionContext(requestContext, null));
    }
}
