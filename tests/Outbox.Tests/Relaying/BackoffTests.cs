using Waybill.Client.EntityFrameworkCore;
using Waybill.Client.EntityFrameworkCore.Relay;

namespace Waybill.Outbox.Tests.Relaying;

/// <summary>Rules out pauses that are none, too long, or shorter than asked for.</summary>
public sealed class BackoffTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(1, 0.25, 0.5)]
    [InlineData(2, 0.5, 1)]
    [InlineData(5, 4, 8)]
    [InlineData(8, 15, 30)]
    [InlineData(int.MaxValue, 15, 30)]
    public void A_pause_grows_to_the_longest_and_half_of_it_is_chance(int failures, double least, double most)
    {
        Assert.Equal(TimeSpan.FromSeconds(least), Backoff.After(failures, asked: null, Longest, random: 0));
        Assert.Equal(TimeSpan.FromSeconds(most), Backoff.After(failures, asked: null, Longest, random: 1));
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(40, 40)]
    [InlineData(7200, 3600)]
    public void It_is_as_long_as_asked_for_up_to_an_hour(double asked, double pause) =>
        Assert.Equal(TimeSpan.FromSeconds(pause), Backoff.After(1, TimeSpan.FromSeconds(asked), Longest, random: 1));

    [Fact]
    public void Batches_get_smaller_while_a_row_may_be_to_blame_and_larger_with_each_success()
    {
        var pace = new Pace(new WaybillOutboxOptions { BatchSize = 100 });
        var sizes = new List<int>();

        for (var failure = 0; failure < 7; failure++)
        {
            pace.Failed(retryAfter: null, mayBeOfRows: true);
            sizes.Add(pace.BatchSize);
        }

        for (var success = 0; success < 8; success++)
        {
            pace.Succeeded();
            sizes.Add(pace.BatchSize);
        }

        Assert.Equal([50, 25, 12, 6, 3, 1, 1, 2, 4, 8, 16, 32, 64, 100, 100], sizes);
    }
}
