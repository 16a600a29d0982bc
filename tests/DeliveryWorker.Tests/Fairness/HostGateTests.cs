using Waybill.DeliveryWorker.Delivery;
using Waybill.DeliveryWorker.Fairness;
using Waybill.DeliveryWorker.Tests.Support;

namespace Waybill.DeliveryWorker.Tests.Fairness;

public sealed class HostGateTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(10);

    private static readonly Failure Timeout = new(FailureKind.TimeoutHeaders, "silent");

    private readonly ManualClock _clock = new();
    private readonly SuspectSlots _suspects = new(64);
    private readonly HostGate _gate;

    public HostGateTests() => _gate = Gate(_suspects);

    [Fact]
    public async Task A_host_gets_no_more_calls_at_a_time_than_its_limit()
    {
        await FillAsync(4);

        Assert.IsType<Admission.Refused>(await HeldTooLong(_gate));
    }

    [Fact]
    public async Task A_call_to_a_host_that_does_well_waits_for_its_turn()
    {
        Finish((await FillAsync(1)).Single(), HostSignal.Good);
        var passes = await FillAsync(4);
        var waiting = _gate.EnterAsync(false, CancellationToken.None);
        Assert.False(waiting.IsCompleted);

        Finish(passes[0], HostSignal.Good);

        Assert.IsType<Admission.Granted>(await waiting);
    }

    [Fact]
    public async Task A_stop_ends_the_wait()
    {
        Finish((await FillAsync(1)).Single(), HostSignal.Good);
        await FillAsync(4);
        using var stop = new CancellationTokenSource();
        var waiting = _gate.EnterAsync(false, stop.Token);

        await stop.CancelAsync();

        Assert.IsType<Admission.Refused>(await waiting);
    }

    [Fact]
    public async Task A_silent_host_is_probed_by_one_call_after_a_pause()
    {
        await StaySilentAsync(5);
        Assert.IsType<Admission.Refused>(await EnterAsync());

        _clock.Advance(HostHealth.FirstPause);

        Assert.IsType<Admission.Granted>(await EnterAsync());
        Assert.IsType<Admission.Refused>(await EnterAsync());
    }

    [Fact]
    public async Task A_backlog_gets_due_times_one_after_the_other_up_to_the_calendars_end()
    {
        await StaySilentAsync(5);

        var due = new List<double>();

        for (var i = 0; i < 200; i++)
        {
            due.Add(((Admission.Refused)await EnterAsync()).DueIn.TotalSeconds);
        }

        Assert.InRange(due[0], 5, 6);
        Assert.InRange(due[1], 10, 12);
        Assert.InRange(due[10], 55, 66);
        Assert.All(due[100..], seconds => Assert.InRange(seconds, 300, 360));
    }

    [Fact]
    public async Task A_notification_that_waited_long_is_not_held_up_by_a_pause()
    {
        await StaySilentAsync(5);

        Assert.IsType<Admission.Granted>(await _gate.EnterAsync(overdue: true, CancellationToken.None));
    }

    [Fact]
    public async Task Hosts_that_do_not_answer_take_half_of_the_worker_together()
    {
        var suspects = new SuspectSlots(64);
        var granted = 0;

        for (var host = 0; host < 100; host++)
        {
            var gate = Gate(suspects);
            granted += await HeldTooLong(gate) is Admission.Granted ? 1 : 0;
        }

        Assert.Equal(32, granted);
    }

    [Fact]
    public async Task A_host_that_answers_is_let_through_while_others_use_up_their_half()
    {
        var healthy = Gate(_suspects);
        Finish(((Admission.Granted)await healthy.EnterAsync(false, CancellationToken.None)).Pass, HostSignal.Good);

        while (_suspects.TryTake())
        {
        }

        Assert.IsType<Admission.Granted>(await healthy.EnterAsync(false, CancellationToken.None));
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

    private HostGate Gate(SuspectSlots suspects) =>
        new(new HostLimits(4, 4), suspects, new Random(1), _clock);

    private Task<Admission> EnterAsync() => _gate.EnterAsync(false, CancellationToken.None);

    private async Task<List<HostPass>> FillAsync(int calls)
    {
        var passes = new List<HostPass>();

        for (var i = 0; i < calls; i++)
        {
            passes.Add(((Admission.Granted)await EnterAsync()).Pass);
        }

        return passes;
    }

    private async Task StaySilentAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            Finish((await FillAsync(1)).Single(), HostSignal.Silent);
        }
    }

    /// <summary>Past the time in which a new host's calls are held.</summary>
    private Task<Admission> HeldTooLong(HostGate gate)
    {
        _clock.Advance(HostGate.LongestHold);
        return gate.EnterAsync(false, CancellationToken.None);
    }

    private static void Finish(HostPass pass, HostSignal signal)
    {
        pass.Report((signal == HostSignal.Good ? A.Outcome(A.Answer(200)) : A.Outcome(null, Timeout)) with { Milliseconds = Short.TotalMilliseconds });
        pass.Dispose();
    }
}
