using Waybill.IntakeService.Tests.Support;

namespace Waybill.IntakeService.Tests.Service;

/// <summary>Rules out that a wrong setting is found only when the first request needs it.</summary>
[Collection(IntakeCollection.Name)]
public sealed class SettingsTests(IntakeFixture intake)
{
    [Theory]
    [InlineData("StatusService__PublicUrl", "", "PublicUrl")]
    [InlineData("StatusService__PublicUrl", "status.example.com", "PublicUrl")]
    [InlineData("StatusService__PublicUrl", "ftp://status.example.com", "StatusService:PublicUrl must be an absolute http or https URL")]
    [InlineData("StatusService__InternalKey", "", "InternalKey")]
    [InlineData("Queue__QueueName", "no spaces", "Queue:QueueName must be 1–80 letters")]
    [InlineData("Queue__SendTimeoutSeconds", "0", "SendTimeoutSeconds")]
    [InlineData("Submissions__MaxInFlight", "0", "MaxInFlight")]
    [InlineData("Dispatcher__BusyPollSeconds", "30", "Dispatcher:BusyPollSeconds must not be greater than Dispatcher:IdlePollSeconds")]
    public async Task A_wrong_setting_is_named_at_the_start(string name, string value, string message)
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => intake.Setup.StartReplicaAsync((name, value)));

        Assert.Contains(message, failure.Message);
    }

    [Fact]
    public async Task Without_a_region_it_ends_at_the_start_and_names_the_setting()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            intake.Setup.StartIntakeAsync(("AWS_REGION", ""), ("AWS_EC2_METADATA_DISABLED", "true")));

        Assert.Contains("No AWS region is configured: set AWS_REGION", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("NullReference", failure.Message, StringComparison.Ordinal);
    }
}
