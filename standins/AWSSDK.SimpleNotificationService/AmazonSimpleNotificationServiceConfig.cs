using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;

namespace Amazon.SimpleNotificationService;

/// <summary>MassTransit's host configuration takes one; there is no SNS client here to use it.</summary>
public class AmazonSimpleNotificationServiceConfig : ClientConfig
{
    private static readonly string Agent = InternalSDKUtils.BuildUserAgentString("SNS", "4.0.2.26");

    private static readonly DefaultConfiguration Defaults = new()
    {
        Name = DefaultConfigurationMode.Standard,
        RetryMode = RequestRetryMode.Standard,
    };

    public AmazonSimpleNotificationServiceConfig() : base(new DefaultConfigurationProvider([Defaults]))
    {
        base.ServiceId = "SNS";
        AuthenticationServiceName = "sns";
    }

    public override string RegionEndpointServiceName => "sns";

    public override string ServiceVersion => "2010-03-31";

    public override string UserAgent => Agent;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters)
        => throw new NotSupportedException("SNS is not part of this stand-in");
}
