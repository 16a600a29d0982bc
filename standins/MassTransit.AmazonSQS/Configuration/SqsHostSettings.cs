using Amazon;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SQS;
using MassTransit.Transports;

namespace MassTransit.AmazonSqsTransport.Configuration;

internal sealed class SqsHostSettings : IAmazonSqsHostConfigurator
{
    private readonly RegionEndpoint _region;
    private string? _accessKey;
    private string? _secretKey;
    private AWSCredentials? _credentials;
    private AmazonSQSConfig? _config;

    public SqsHostSettings(Uri address)
    {
        if (address.Scheme != SqsAddress.Scheme)
        {
            throw new ArgumentException($"The address scheme is not supported: {address.Scheme}", nameof(address));
        }

        if (address.AbsolutePath.Trim('/').Length > 0)
        {
            throw new ArgumentException($"A scope is not part of this stand-in: {address}", nameof(address));
        }

        _region = RegionEndpoint.GetBySystemName(address.Host);
    }

    public Uri HostAddress => new($"{SqsAddress.Scheme}://{_region.SystemName}/");

    public AllowTransportHeader? AllowedHeaders { get; private set; }

    public void AccessKey(string accessKey)
    {
        _accessKey = accessKey;
        UseKeysWhenComplete();
    }

    public void SecretKey(string secretKey)
    {
        _secretKey = secretKey;
        UseKeysWhenComplete();
    }

    public void Credentials(AWSCredentials credentials) => _credentials = credentials;

    public void Config(AmazonSQSConfig? config) => _config = config;

    public void Config(AmazonSimpleNotificationServiceConfig? config)
    {
    }

    public void AllowTransportHeader(AllowTransportHeader? allowTransportHeader) => AllowedHeaders = allowTransportHeader;

    public IAmazonSQS CreateClient()
    {
        var config = _config ?? new AmazonSQSConfig { RegionEndpoint = _region };

        return _credentials is null ? new AmazonSQSClient(config) : new AmazonSQSClient(_credentials, config);
    }

    private void UseKeysWhenComplete()
    {
        if (!string.IsNullOrEmpty(_accessKey) && !string.IsNullOrEmpty(_secretKey))
        {
            _credentials = new BasicAWSCredentials(_accessKey, _secretKey);
        }
    }
}
