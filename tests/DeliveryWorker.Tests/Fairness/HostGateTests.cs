using Microsoft.Extensions.Time.Testing;
using Waybill.DeliveryWorker.Fairness;
using Waybill.DeliveryWorker.Tests.Support;
using Waybill.Notifications.Records;

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

        Assert.IsType<Admission.Granted>(await _gate.EnterAsync(overdue: true));
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
            var entering = Gate(_slots).EnterAsync(overdue: false);
            granted += entering.IsCompleted && await entering is Admission.Granted ? 1 : 0;
        }

        Assert.Equal(32, granted);
    }

    [Fact]
    public async Task While_the_calls_of_new_hosts_hang_nobody_waits_for_one_of_their_places()
    {
        for (var host = 0; host < 40; host++)
        {
            _ = Gate(_slots).EnterAsync(overdue: false);
        }

        var waiting = EnterAsync();
        Assert.False(waiting.IsCompleted);

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(EnterAsync().IsCompleted);
        Assert.True(Gate(_slots).EnterAsync(overdue: false).IsCompleted);
    }

    [Fact]
    public async Task A_host_that_answers_is_let_through_while_others_use_up_their_half()
    {
        await IntroduceAsync();

        while (_slots.Calls.TryTake(suspect: true))
        {
        }

        Assert.IsType<Admission.Granted>(await EnterAsync());
    }

    [Fact]
    public async Task A_call_that_waits_for_another_hosts_call_to_end_is_let_through_soon_after()
    {
        while (_slots.Calls.TryTake(suspect: true))
        {
        }

        _slots.NoteSuspectsMove(_clock);
        var waiting = EnterAsync();
        Assert.False(waiting.IsCompleted);
        _slots.Calls.GiveBack(suspect: true);

        _clock.Advance(TimeSpan.FromMilliseconds(20));

        Assert.IsType<Admission.Granted>(await waiting);
    }

    [Fact]
    public async Task A_gate_is_in_use_while_a_call_is_under_way()
    {
        var pass = (await FillAsync(1)).Single();
        Assert.True(_gate.IsInUse);

        Finish(pass, HostSignal.Good);

        Assert.False(_gate.IsInUse);
    }

    [Theory]
    [InlineData(64, 8)]
    [InlineData(16, 2)]
    [InlineData(1, 1)]
    [InlineData(1000, 8)]
    public void A_new_host_gets_a_quarter_of_what_unproven_hosts_share(int concurrency, int expected) =>
        Assert.Equal(expected, HostLimits.Of(new FairnessOptions(), concurrency).Initial);

    [Fact]
    public async Task What_a_new_host_cannot_take_yet_comes_back_within_a_second()
    {
        await FillAsync(2);
        var waiting = EnterAsync();

        _clock.Advance(HostGate.LongestHold);

        var refused = Assert.IsType<Admission.Refused>(await waiting);
        Assert.InRange(refused.DueIn.TotalSeconds, 1, 2.1);
        Assert.Equal(WaitingReasons.HostBusy, refused.Reason);
    }

    [Fact]
    public async Task A_host_with_as_many_calls_as_it_may_have_is_busy()
    {
        await IntroduceAsync();
        await FillAsync(4);
        var waiting = EnterAsync();

        _clock.Advance(HostGate.LongestHold);

        Assert.Equal(WaitingReasons.HostBusy, Assert.IsType<Admission.Refused>(await waiting).Reason);
    }

    [Fact]
    public async Task What_waits_for_a_hosts_rate_says_so()
    {
        await PaceAsync(taken: 10);
        var waiting = Enumerable.Range(0, 30).Select(_ => EnterAsync()).ToList();

        var refused = Assert.IsType<Admission.Refused>(await waiting[^1]);

        Assert.Equal(WaitingReasons.HostPaced, refused.Reason);
    }

    [Theory]
    [InlineData(HostSignal.Silent)]
    [InlineData(HostSignal.Failing)]
    [InlineData(HostSignal.Refused)]
    public async Task What_waits_for_a_host_that_fails_says_so(HostSignal signal)
    {
        await FailAsync(5, signal);

        Assert.Equal(WaitingReasons.HostFailing, Assert.IsType<Admission.Refused>(await EnterAsync()).Reason);
    }

    [Fact]
    public async Task What_waits_because_a_host_asked_for_it_says_so()
    {
        await IntroduceAsync();
        var pass = (await FillAsync(1)).Single();
        pass.Report(A.Outcome(A.Response(429, TimeSpan.FromSeconds(20))));
        pass.Dispose();

        var refused = Assert.IsType<Admission.Refused>(await EnterAsync());

        Assert.Equal(WaitingReasons.RetryAfter, refused.Reason);
        Assert.InRange(refused.DueIn.TotalSeconds, 20, 23);
    }

    private HostGate Gate(WorkerSlots slots) =>
        new(Limits.Default with { Initial = 4, Max = 4 }, slots, new Random(1), _clock);

    private Task<Admission> EnterAsync() => _gate.EnterAsync(overdue: false);

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
