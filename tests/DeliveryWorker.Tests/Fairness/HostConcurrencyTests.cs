using Microsoft.Extensions.Time.Testing;
using Waybill.DeliveryWorker.Fairness;

namespace Waybill.DeliveryWorker.Tests.Fairness;

public sealed class HostConcurrencyTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly HostConcurrency _concurrency;

    public HostConcurrencyTests() => _concurrency = new HostConcurrency(Limits.Default with { Initial = 4, Max = 6 }, _clock);

    [Fact]
    public void A_host_gets_two_calls_at_a_time_until_it_has_answered()
    {
        Assert.Equal(2, _concurrency.Limit);

        _concurrency.NoteAnswer();

        Assert.Equal(4, _concurrency.Limit);
    }

    [Fact]
    public void The_limit_does_not_grow_in_the_first_second()
    {
        _concurrency.NoteAnswer();

        Good(100, inFlight: 4);

        Assert.Equal(4, _concurrency.Limit);
    }

    [Fact]
    public void The_limit_grows_by_a_quarter_for_as_many_good_answers_as_it_is_large_up_to_its_bound()
    {
        Introduce();

        Good(1, inFlight: 4);
        Assert.Equal(5, _concurrency.Limit);

        Good(1, inFlight: 5);
        Assert.Equal(5, _concurrency.Limit);

        Good(1, inFlight: 5);
        Assert.Equal(6, _concurrency.Limit);

        Good(100, inFlight: 6);
        Assert.Equal(6, _concurrency.Limit);
    }

    [Fact]
    public void A_limit_that_is_not_used_does_not_grow()
    {
        Introduce();

        Good(100, inFlight: 3);

        Assert.Equal(4, _concurrency.Limit);
    }

    [Fact]
    public void The_limit_is_halved_by_a_failure_and_never_below_one()
    {
        Introduce();
        var limits = new List<int>();

        for (var i = 0; i < 4; i++)
        {
            _concurrency.NoteFailure(Begin());
            limits.Add(_concurrency.Limit);
        }

        Assert.Equal([2, 1, 1, 1], limits);
    }

    [Fact]
    public void Calls_that_fail_together_halve_it_once()
    {
        Introduce();
        var calls = Enumerable.Range(0, 4).Select(_ => Begin()).ToList();
        _clock.Advance(TimeSpan.FromMilliseconds(10));

        calls.ForEach(_concurrency.NoteFailure);

        Assert.Equal(2, _concurrency.Limit);
    }

    private void Introduce()
    {
        _concurrency.NoteAnswer();
        _clock.Advance(TimeSpan.FromSeconds(1));
    }

    private HostCall Begin() => new(_clock.GetTimestamp(), 0, Suspect: false, Class: "steady");

    private void Good(int times, int inFlight)
    {
        for (var i = 0; i < times; i++)
        {
            _concurrency.NoteGood(inFlight);
        }
    }
}
