using Waybill.IntakeService.Dispatching;

namespace Waybill.IntakeService.Tests.Dispatching;

public sealed class PollIntervalTests
{
    private static readonly DispatcherOptions Options = new() { BusyPollSeconds = 1, IdlePollSeconds = 5 };

    [Theory]
    [InlineData(PassOutcome.MoreIsWaiting, 5, 0)]
    [InlineData(PassOutcome.Worked, 0, 1)]
    [InlineData(PassOutcome.Worked, 5, 1)]
    [InlineData(PassOutcome.NothingDue, 0, 1)]
    [InlineData(PassOutcome.NothingDue, 1, 2)]
    [InlineData(PassOutcome.NothingDue, 2, 4)]
    [InlineData(PassOutcome.NothingDue, 4, 5)]
    [InlineData(PassOutcome.NothingDue, 5, 5)]
    [InlineData(PassOutcome.Failed, 0, 1)]
    [InlineData(PassOutcome.Failed, 5, 1)]
    public void It_waits_longer_when_idle_and_briefly_in_an_outage(PassOutcome outcome, double previous, double next) =>
        Assert.Equal(TimeSpan.FromSeconds(next), PollInterval.Next(outcome, TimeSpan.FromSeconds(previous), Options));

    [Theory]
    [InlineData(0, 5)]
    [InlineData(0.5, 4.5)]
    [InlineData(0.999, 4.001)]
    public void Jitter_only_shortens_the_wait(double random, double seconds) =>
        Assert.Equal(seconds, PollInterval.WithJitter(TimeSpan.FromSeconds(5), random).TotalSeconds, 0.0001);
}
