using Waybill.Bench.Asking;

namespace Waybill.Bench.Tests;

/// <summary>Rules out that whom an event is for is found by looking at more than its tenant's endpoints.</summary>
public sealed class MatchingTests
{
    /// <summary>The event itself, in which there is no notification.</summary>
    private const double OfTheEvent = 1;

    [Theory]
    [InlineData(1)]
    [InlineData(10_000)]
    public async Task A_tenant_with_ten_endpoints_is_one_read_unit_however_many_others_there_are(int tenants)
    {
        var figures = await MatchingRun.RunAsync(tenants, CancellationToken.None);

        Assert.Equal((tenants * 10, 1, OfTheEvent), (figures.Stored, figures.ReadUnits, figures.WriteUnits));
    }
}
