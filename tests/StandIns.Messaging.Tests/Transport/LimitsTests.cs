using MassTransit;
using Waybill.StandIns.Messaging.Tests.Support;

namespace Waybill.StandIns.Messaging.Tests.Transport;

/// <summary>What the stand-in leaves out is refused by name; it never half works.</summary>
public sealed class LimitsTests(SqsEmulator sqs) : IClassFixture<SqsEmulator>
{
    [StandInFact]
    public async Task An_endpoint_that_would_subscribe_to_topics_is_refused()
    {
        var error = await RefusalOf(endpoint => endpoint.ConfigureConsumeTopology = true);

        Assert.Contains("SNS", error.Message, StringComparison.Ordinal);
    }

    [StandInFact]
    public async Task An_endpoint_that_would_publish_faults_is_refused()
    {
        var error = await RefusalOf(endpoint => endpoint.PublishFaults = true);

        Assert.Contains("SNS", error.Message, StringComparison.Ordinal);
    }

    [StandInFact]
    public async Task A_FIFO_queue_is_refused()
        => await Assert.ThrowsAsync<ConfigurationException>(
            () => TestBus.StartWorker(sqs.Endpoint, "parcels.fifo", _ => Task.CompletedTask));

    [StandInFact]
    public async Task A_visibility_limit_below_the_default_timeout_is_refused()
    {
        var error = await RefusalOf(endpoint => endpoint.MaxVisibilityTimeout = TimeSpan.FromSeconds(5));

        Assert.Contains("MaxVisibilityTimeout", error.Message, StringComparison.Ordinal);
    }

    [StandInFact]
    public async Task Publishing_is_refused()
    {
        await using var bus = await TestBus.StartSender(sqs.Endpoint);

        await Assert.ThrowsAnyAsync<Exception>(() => bus.Control.Publish(new Parcel(1)));
    }

    [Theory]
    [InlineData("queue:not/a/name")]
    [InlineData("queue:with space")]
    [InlineData("queue:")]
    public async Task A_name_that_SQS_would_not_take_is_refused(string address)
    {
        await using var bus = await TestBus.StartSender(sqs.Endpoint);

        await Assert.ThrowsAnyAsync<Exception>(() => bus.Send(new Uri(address), new Parcel(1)));
    }

    [StandInFact]
    public async Task A_host_with_a_scope_is_refused()
        => await Assert.ThrowsAsync<ArgumentException>(
            () => TestBus.Start(bus => bus.Host(new Uri("amazonsqs://us-east-1/scope"), _ => { })));

    private async Task<ConfigurationException> RefusalOf(Action<IAmazonSqsReceiveEndpointConfigurator> configure)
        => await Assert.ThrowsAsync<ConfigurationException>(
            () => TestBus.StartWorker(sqs.Endpoint, SqsEmulator.NewQueueName(), _ => Task.CompletedTask, configure));
}
