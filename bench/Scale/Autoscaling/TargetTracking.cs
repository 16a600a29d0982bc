namespace Waybill.Bench.Scale.Autoscaling;

/// <summary>
/// One policy of target tracking. AWS makes an alarm on three minutes above the target, and one on fifteen below nine tenths of
/// it. Growth is in proportion, at once; how gradually it shrinks is not documented: assumed is a tenth of the tasks at a time.
/// </summary>
internal sealed class TargetTracking(double target)
{
    private const int MinutesHigh = 3;
    private const int MinutesLow = 15;
    private const double LowShare = 0.9;
    private const double ShrinkAtOnce = 0.1;

    private readonly List<double> _values = [];

    /// <param name="value">The metric of a minute.</param>
    public void Add(double value) => _values.Add(value);

    /// <summary>Tasks to grow to; no more than there are while the alarm is quiet.</summary>
    public int Growth(int tasks) => All(MinutesHigh, value => value > target) ? Proportional(tasks) : tasks;

    /// <summary>Tasks to shrink to; as many as there are while the alarm is quiet.</summary>
    public int Shrinkage(int tasks)
    {
        if (!All(MinutesLow, value => value < target * LowShare))
        {
            return tasks;
        }

        var gradual = tasks - Math.Max(1, (int)(tasks * ShrinkAtOnce));
        return Math.Clamp(Proportional(tasks), gradual, tasks);
    }

    private int Proportional(int tasks) => (int)Math.Ceiling(tasks * _values[^1] / target);

    private bool All(int minutes, Func<double, bool> holds) => _values.Count >= minutes && _values.TakeLast(minutes).All(holds);
}
