namespace Waybill.DeliveryWorker.Tests.Support;

/// <summary>Stands still until it is told to go on. Its timers are the system's.</summary>
internal sealed class ManualClock : TimeProvider
{
    private TimeSpan _passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _passed.Ticks;

    public override DateTimeOffset GetUtcNow() => A.Moment + _passed;

    public void Advance(TimeSpan time) => _passed += time;
}
