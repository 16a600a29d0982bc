using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SQS;
using MassTransit.Transports;

namespace MassTransit;

public interface IAmazonSqsHostConfigurator
{
    void AccessKey(string accessKey);

    void SecretKey(string secretKey);

    /// <summary>Without credentials from here the SDK's own chain is asked.</summary>
    void Credentials(AWSCredentials credentials);

    /// <summary>Replaces the configuration made from the host's region; null keeps that one.</summary>
    void Config(AmazonSQSConfig? config);

    /// <summary>Accepted and not used: nothing here calls SNS.</summary>
    void Config(AmazonSimpleNotificationServiceConfig? config);

    /// <summary>Says which headers become message attributes, of which SQS takes ten; all by default.</summary>
    void AllowTransportHeader(AllowTransportHeader? allowTransportHeader);
}
