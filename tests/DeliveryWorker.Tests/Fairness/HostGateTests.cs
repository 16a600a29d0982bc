using Microsoft.Extensions.Time.Testing;
using Waybill.DeliveryWorker.Fairness;

namespace Waybill.DeliveryWorker.Tests.Fairness;

public sealed class HostGateTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(10);

    private readonly FakeTimeProvider _clock = new();
    private readonly WorkerSlots _slots = new(64);
    private readonly HostGate _gate;

    public HostGateTests() => _gate = Gate(_slots);

    [Fact]
    public async Task A_host_gets_no_more_calls_at_a_time_than_its_limit()
    {
        await IntroduceAsync();
        await FillAsync(4);
        var waiting = EnterAsync();

        _clock.Advance(HostGate.LongestHold);

        Assert.IsType<Admission.Refused>(await waiting);
    }

    [Fact]
    public async Task A_call_to_a_host_that_does_well_waits_for_its_turn()
    {
        await IntroduceAsync();
        var passes = await FillAsync(4);
        var waiting = EnterAsync();
        Assert.False(waiting.IsCompleted);

        Finish(passes[0], HostSignal.Good);

        Assert.IsType<Admission.Granted>(await waiting);
    }

    [Fact]
    public async Task Calls_to_a_paced_host_go_out_one_after_the_other_as_time_passes()
    {
        await PaceAsync(taken: 10);
        var waiting = Enumerable.Range(0, 3).Select(_ => EnterAsync()).ToList();
        var done = new List<int>();

        for (var step = 0; step < 40; step++)
        {
            _clock.Advance(Short);
            done.Add(waiting.Count(one => one.IsCompleted));
        }

        Assert.Equal([0, 1, 2, 3], done.Distinct());
        Assert.All(await Task.WhenAll(waiting), admission => Assert.IsType<Admission.Granted>(admission));
    }

    [Fact]
    public async Task Nobody_overtakes_those_who_wait_for_a_paced_host()
    {
        await PaceAsync(taken: 10);
        var first = EnterAsync();
        var second = EnterAsync();

        _clock.Advance(TimeSpan.FromMilliseconds(100));

        Assert.True(first.IsCompleted);
        Assert.False(second.IsCompleted);
        Assert.IsType<Admission.Granted>(await first);
    }

    [Fact]
    public async Task A_stop_ends_the_wait()
    {
        await IntroduceAsync();
        await FillAsync(4);
        using var stop = new CancellationTokenSource();
        var waiting = _gate.EnterAsync(false, stop.Token);

        await stop.CancelAsync();

        Assert.IsType<Admission.Refused>(await waiting);
    }

    [Theory]
    [InlineData(HostSignal.Silent)]
    [InlineData(HostSignal.Failing)]
    [InlineData(HostSignal.Refused)]
    public async Task A_host_that_keeps_failing_is_probed_by_one_call_after_a_pause(HostSignal signal)
    {
        await FailAsync(5, signal);
        Assert.IsType<Admission.Refused>(await EnterAsync());

        _clock.Advance(TimeSpan.FromSeconds(1.2));

        Assert.IsType<Admission.Granted>(await EnterAsync());
        Assert.IsType<Admission.Refused>(await EnterAsync());
    }

    [Fact]
    public async Task A_notification_that_waited_long_is_not_held_up_by_a_pause()
    {
        await FailAsync(5, HostSignal.Silent);
        _clock.Advance(HostHealth.OverdueDistance);

        Assert.IsType<Admission.Granted>(await _gate.EnterAsync(overdue: true, CancellationToken.None));
    }

    [Fact]
    public async Task One_host_alone_does_not_fill_the_waiting_room()
    {
        await IntroduceAsync();
        await FillAsync(4);

        var waiting = Enumerable.Range(0, 100).Select(_ => EnterAsync()).ToList();

        Assert.Equal(48, waiting.Count(one => !one.IsCompleted));
    }

    [Fact]
    public async Task Hosts_that_do_not_answer_take_half_of_the_worker_together()
    {
        var granted = 0;

        for (var host = 0; host < 100; host++)
        {
            var entering = Gate(_slots).EnterAsync(false, CancellationToken.None);
            granted += entering.IsCompleted && await entering is Admission.Granted ? 1 : 0;
        }

        Assert.Equal(32, granted);
    }

    [Fact]
    public async Task A_host_that_answers_is_let_through_while_others_use_up_their_half()
    {
        await IntroduceAsync();

        while (_slots.TryTakeCall(suspect: true))
        {
        }

        Assert.IsType<Admission.Granted>(await EnterAsync());
    }

    [Fact]
    public async Task A_call_that_waits_for_another_hosts_call_to_end_is_let_through_soon_after()
    {
        while (_slots.TryTakeCall(suspect: true))
        {
        }

        var waiting = EnterAsync();
        Assert.False(waiting.IsCompleted);
        _slots.GiveBackCall(suspect: true);

        _clock.Advance(TimeSpan.FromMilliseconds(50));

        Assert.IsType<Admission.Granted>(await waiting);
    }

    [Fact]
    public async Task A_gate_is_forgotten_only_when_nothing_depends_on_it()
    {
        var pass = (await FillAsync(1)).Single();
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.False(_gate.IsForgettable(TimeSpan.FromMinutes(10)));

        Finish(pass, HostSignal.Good);

        Assert.True(_gate.IsForgettable(TimeSpan.FromMinutes(10)));
    }

    [Theory]
    [InlineData(64, 8)]
    [InlineData(16, 2)]
    [InlineData(1, 1)]
    [InlineData(1000, 8)]
    public void A_new_host_gets_a_quarter_of_what_unproven_hosts_share(int concurrency, int expected) =>
        Assert.Equal(expected, HostLimits.Of(new FairnessOptions(), concurrency).Initial);

    private HostGate Gate(WorkerSlots slots) =>
        new(Limits.Default with { Initial = 4, Max = 4 }, slots, new Random(1), _clock);

    private Task<Admission> EnterAsync() => _gate.EnterAsync(false, CancellationToken.None);

    private async Task IntroduceAsync() => Finish((await FillAsync(1)).Single(), HostSignal.Good);

    private async Task<List<HostPass>> FillAsync(int calls)
    {
        var passes = new List<HostPass>();

        for (var i = 0; i < calls; i++)
        {
            passes.Add(((Admission.Granted)await EnterAsync()).Pass);
        }

        return passes;
    }

    /// <summary>So many calls taken in one second, one refused; then that second passes.</summary>
    private async Task PaceAsync(int taken)
    {
        for (var i = 0; i < taken; i++)
        {
            await IntroduceAsync();
        }

        Finish((await FillAsync(1)).Single(), HostSignal.Refused);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await IntroduceAsync();
    }

    private async Task FailAsync(int times, HostSignal signal)
    {
        for (var i = 0; i < times; i++)
        {
            Finish((await FillAsync(1)).Single(), signal);
        }
    }

    private static void Finish(HostPass pass, HostSignal signal)
    {
        pass.Report(Outcomes.Of(signal) with { Milliseconds = Short.TotalMilliseconds });
        pass.Dispose();
    }
}
