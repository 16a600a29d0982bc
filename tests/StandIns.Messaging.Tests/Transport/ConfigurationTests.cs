using Amazon.SQS;
using MassTransit;
using Waybill.StandIns.Messaging.Tests.Support;

namespace Waybill.StandIns.Messaging.Tests.Transport;

/// <summary>A bus without settings of its own. The environment belongs to the process; only the tests here leave the endpoint to it.</summary>
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

    public void Dispose() => Set("AWS_ENDPOINT_URL_SQS", null);

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

    private static void Set(string variable, string? value) => Environment.SetEnvironmentVariable(variable, value);
}
