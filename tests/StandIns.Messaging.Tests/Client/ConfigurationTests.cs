using Amazon;
using Amazon.Runtime.Endpoints;
using Amazon.SQS;
using MassTransit;
using Waybill.StandIns.Messaging.Tests.Support;

namespace Waybill.StandIns.Messaging.Tests.Client;

/// <summary>The SDK's own configuration. The environment belongs to the process; only the tests here leave the endpoint to it.</summary>
public sealed class ConfigurationTests : IClassFixture<SqsEmulator>, IDisposable
{
    private readonly SqsEmulator _sqs;

    public ConfigurationTests(SqsEmulator sqs)
    {
        _sqs = sqs;
        Set("AWS_EC2_METADATA_DISABLED", "true");
        Set("AWS_REGION", "us-east-1");
        Set("AWS_ACCESS_KEY_ID", "local");
        Set("AWS_SECRET_ACCESS_KEY", "local");
    }

    public void Dispose()
    {
        Set("AWS_ENDPOINT_URL_SQS", null);
        Set("AWS_ENDPOINT_URL", null);
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL_SQS")]
    [InlineData("AWS_ENDPOINT_URL")]
    public async Task A_client_without_settings_takes_endpoint_region_and_credentials_from_the_environment(string variable)
    {
        Set(variable, _sqs.Endpoint.ToString());
        var queue = await _sqs.CreateQueue();
        using var client = new AmazonSQSClient(new AmazonSQSConfig());

        await client.SendMessageAsync(queue.Url, "from the environment");

        Assert.Equal("from the environment", (await queue.ReceiveOne()).Body);
    }

    [Fact]
    public void The_variable_of_the_service_goes_before_the_general_one()
    {
        Set("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
        Set("AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:2");

        Assert.Equal("http://127.0.0.1:2/", new AmazonSQSConfig().ServiceURL);
    }

    [Fact]
    public async Task A_bus_with_the_default_host_takes_all_from_the_environment()
    {
        Set("AWS_ENDPOINT_URL_SQS", _sqs.Endpoint.ToString());
        var queue = await _sqs.CreateQueue();
        await using var bus = await TestBus.Start(bus => bus.UseDefaultHost());

        await bus.Send(queue.Address, new Parcel(1));

        Assert.True(await queue.HasVisible(1));
    }

    [Fact]
    public async Task A_bus_with_an_empty_client_configuration_takes_the_endpoint_from_the_environment()
    {
        Set("AWS_ENDPOINT_URL_SQS", _sqs.Endpoint.ToString());
        var queue = await _sqs.CreateQueue();
        await using var bus = await TestBus.Start(bus => bus.Host("us-east-1", host => host.Config(new AmazonSQSConfig())));

        await bus.Send(queue.Address, new Parcel(1));

        Assert.True(await queue.HasVisible(1));
    }

    [Theory]
    [InlineData("eu-central-1", false, "https://sqs.eu-central-1.amazonaws.com/")]
    [InlineData("us-east-1", true, "https://sqs-fips.us-east-1.amazonaws.com/")]
    [InlineData("cn-north-1", false, "https://sqs.cn-north-1.amazonaws.com.cn/")]
    public void A_region_alone_leads_to_the_endpoint_of_AWS(string region, bool fips, string expected)
    {
        var config = new AmazonSQSConfig { RegionEndpoint = RegionEndpoint.GetBySystemName(region), UseFIPSEndpoint = fips };

        var endpoint = config.DetermineServiceOperationEndpoint(
            new ServiceOperationEndpointParameters(new Amazon.SQS.Model.SendMessageRequest()));

        Assert.Equal(expected, endpoint.URL);
    }

    private static void Set(string variable, string? value) => Environment.SetEnvironmentVariable(variable, value);
}
