using Microsoft.Extensions.Time.Testing;
using Waybill.DeliveryWorker.Fairness;

namespace Waybill.DeliveryWorker.Tests.Fairness;

public sealed class HostCircuitTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly HostCircuit _circuit;

    public HostCircuitTests() => _circuit = new HostCircuit(Limits.Default, new Random(1), _clock);

    [Fact]
    public void It_opens_after_as_many_failures_in_a_row_as_configured()
    {
        Fail(4);
        Assert.Equal((false, TimeSpan.Zero), (_circuit.IsOpen, _circuit.PauseLeft));

        Fail(1);

        Assert.True(_circuit.IsOpen);
        Assert.InRange(_circuit.PauseLeft.TotalSeconds, 0.8, 1.2);
    }

    [Fact]
    public void A_good_answer_in_between_starts_the_count_again()
    {
        Fail(4);
        _circuit.NoteGood();
        Fail(4);

        Assert.False(_circuit.IsOpen);
    }

    [Fact]
    public void Pauses_double_up_to_their_bound_with_some_chance_in_them()
    {
        Fail(4);
        var pauses = new List<double>();

        for (var probe = 0; probe < 8; probe++)
        {
            Fail(1);
            pauses.Add(_circuit.PauseLeft.TotalSeconds);
            _clock.Advance(_circuit.PauseLeft);
        }

        Assert.All(pauses.Zip([1, 2, 4, 8, 16, 30, 30, 30]), pair => Assert.InRange(pair.First / pair.Second, 0.8, 1.2));
        Assert.Equal(8, pauses.Distinct().Count());
    }

    [Fact]
    public void Calls_that_were_in_flight_when_it_opened_do_not_lengthen_the_pause()
    {
        var inFlight = Begin();
        _clock.Advance(TimeSpan.FromSeconds(1));
        Fail(5);

        for (var i = 0; i < 20; i++)
        {
            _circuit.NoteFailure(inFlight);
        }

        Assert.InRange(_circuit.PauseLeft.TotalSeconds, 0.8, 1.2);
    }

    [Fact]
    public void A_good_answer_closes_it_and_ends_the_pause()
    {
        Fail(9);

        _circuit.NoteGood();

        Assert.Equal((false, true, TimeSpan.Zero), (_circuit.IsOpen, _circuit.IsSound, _circuit.PauseLeft));
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(3600, 60)]
    public void A_receivers_wish_pauses_the_host_for_a_minute_at_most(int wished, int paused)
    {
        _circuit.NoteWish(TimeSpan.FromSeconds(wished));

        Assert.Equal(paused, _circuit.PauseLeft.TotalSeconds);
    }

    [Fact]
    public void A_pause_is_never_shortened_by_another()
    {
        _circuit.NoteWish(TimeSpan.FromSeconds(20));
        _circuit.NoteWish(TimeSpan.FromSeconds(2));

        Assert.Equal(20, _circuit.PauseLeft.TotalSeconds);
    }

    private HostCall Begin() => new(_clock.GetTimestamp(), 0, Suspect: false, Class: "steady");

    private void Fail(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _circuit.NoteFailure(Begin());
        }
    }
}
