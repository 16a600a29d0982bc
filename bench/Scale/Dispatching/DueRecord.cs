namespace Waybill.Bench.Scale.Dispatching;

/// <summary>A record in the index <c>due</c>.</summary>
internal sealed class DueRecord(double dueAt)
{
    public double DueAt { get; } = dueAt;

    /// <summary>When a Dispatcher marked it, which takes it out of the index; not yet: infinite.</summary>
    public double MarkedAt { get; set; } = double.PositiveInfinity;

    public bool IsMarkedAt(double now) => MarkedAt <= now;
}
