using Microsoft.Extensions.Time.Testing;
using Waybill.IntakeService.Queueing;

namespace Waybill.IntakeService.Tests.Queueing;

/// <summary>Rules out that one bad send cuts the queue off, and that a queue that is back is not noticed.</summary>
public sealed class QueueOutageRuleTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly QueueOutage _outage;

    public QueueOutageRuleTests() => _outage = new QueueOutage(_clock);

    [Fact]
    public void A_failure_among_successes_is_no_outage()
    {
        var begun = At(seconds: 10);
        _outage.EndedBySuccess();
        At(seconds: 10.5);

        Assert.False(_outage.BegunByFailure(begun));
        Assert.True(_outage.MaySend());
    }

    [Fact]
    public void While_it_is_down_one_send_in_half_a_second_is_let_through()
    {
        Fails();

        Assert.Equal([false, false, true, false, true], new[] { 10, 10.4, 10.5, 10.9, 11.0 }.Select(MaySendAt));
        Assert.True(_outage.IsOn);
    }

    [Fact]
    public void One_success_ends_it()
    {
        Fails();

        Assert.True(_outage.EndedBySuccess());
        Assert.False(_outage.IsOn);
        Assert.False(_outage.EndedBySuccess());
        Assert.True(MaySendAt(10.1));
        Assert.True(MaySendAt(10.1));
    }

    [Fact]
    public void A_failure_that_began_before_the_last_success_tells_nothing()
    {
        var begun = At(seconds: 10);
        At(seconds: 11);
        _outage.EndedBySuccess();
        At(seconds: 15);

        Assert.False(_outage.BegunByFailure(begun));
        Assert.False(_outage.IsOn);
    }

    private void Fails()
    {
        var begun = At(seconds: 10);
        Assert.True(_outage.MaySend());
        Assert.True(_outage.BegunByFailure(begun));
    }

    private bool MaySendAt(double seconds)
    {
        At(seconds);
        return _outage.MaySend();
    }

    private long At(double seconds)
    {
        _clock.SetUtcNow(_clock.Start.AddSeconds(seconds));
        return _clock.GetTimestamp();
    }
}
