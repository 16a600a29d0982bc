using System.Text.Json;
using Waybill.Notifications.StatusApi.Redeliveries;

namespace Waybill.Notifications.Tests.StatusApi;

public sealed class JobProgressTests
{
    private static readonly DateTimeOffset From = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(10, 10, 0)]
    [InlineData(10, 5, 0.5)]
    [InlineData(10, 0, 1)]
    [InlineData(-1, -1, 0)]
    [InlineData(3, 2, 0.3333)]
    public void It_goes_from_the_creation_of_the_job_back_to_the_start_of_the_window(int createdHours, int reachedHours, double progress) =>
        Assert.Equal(progress, Job(From.AddHours(createdHours), From.AddHours(reachedHours)).Progress);

    [Fact]
    public void It_is_derived_and_not_sent_from_service_to_service() =>
        Assert.DoesNotContain("progress", JsonSerializer.Serialize(Job(From.AddHours(1), From)), StringComparison.OrdinalIgnoreCase);

    /// <summary>Of a window that ended before the job was created: they may have failed until then.</summary>
    private static RedeliveryJob Job(DateTimeOffset createdAt, DateTimeOffset reached) =>
        ResponseContractTests.Job with { Filter = new RedeliveryFilter(From, From.AddHours(1)), CreatedAt = createdAt, Reached = reached };
}
