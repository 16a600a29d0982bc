using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Trouble;

public sealed class RegionTests
{
    [Fact]
    public async Task Without_a_region_it_ends_at_the_start_and_names_the_setting()
    {
        var environment = new Dictionary<string, string>(TestKeys.Configuration) { ["AWS_REGION"] = "", ["AWS_EC2_METADATA_DISABLED"] = "true" };

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => ServiceProcess.StartAsync("StatusService", environment));

        Assert.Contains("No AWS region is configured: set AWS_REGION", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("NullReference", failure.Message, StringComparison.Ordinal);
    }
}
