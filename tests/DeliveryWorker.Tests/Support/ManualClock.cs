namespace Waybill.DeliveryWorker.Tests.Support;

/// <summary>Stands still until it is told to go on; then its timers fire in the order of their times, on the caller's thread.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];
    private TimeSpan _passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _passed.Ticks;

    public override DateTimeOffset GetUtcNow() => A.Moment + _passed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        _timers.Add(timer);

        return timer;
    }

    public void Advance(TimeSpan time)
    {
        var end = _passed + time;

        while (_timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due) is { } next)
        {
            _passed = next.Due!.Value;
            next.Fire();
        }

        _passed = end;
    }

    /// <summary>Fires once: nothing here has a period.</summary>
    private sealed class ManualTimer(ManualClock clock, Action callback) : ITimer
    {
        public TimeSpan? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock._passed + dueTime;
            return true;
        }

        public void Fire()
        {
            Due = null;
            callback();
        }

        public void Dispose() => clock._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
