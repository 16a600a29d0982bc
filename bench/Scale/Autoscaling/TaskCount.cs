namespace Waybill.Bench.Scale.Autoscaling;

/// <summary>
/// How many tasks there are to be, with the pauses between changes: of several policies the one that asks for most decides, also when
/// shrinking. What was added at the last growth counts as part of the next within its pause.
/// </summary>
internal sealed class TaskCount(ScalingRules rules, IReadOnlyList<TargetTracking> policies)
{
    private int _beforeGrowth = rules.LeastTasks;
    private int _grownAt = int.MinValue / 2;
    private int _shrunkAt = int.MinValue / 2;

    public int Wanted { get; private set; } = rules.LeastTasks;

    public void Decide(int second)
    {
        var inPause = second - _grownAt < rules.OutPauseSeconds;
        var basis = inPause ? _beforeGrowth : Wanted;
        var growth = Math.Min(rules.MostTasks, policies.Max(policy => policy.Growth(basis)));

        if (growth > Wanted)
        {
            _beforeGrowth = basis;
            _grownAt = second;
            Wanted = growth;
        }
        else if (second - Math.Max(_grownAt, _shrunkAt) >= rules.InPauseSeconds)
        {
            Shrink(second);
        }
    }

    private void Shrink(int second)
    {
        var shrunk = Math.Max(rules.LeastTasks, policies.Max(policy => policy.Shrinkage(Wanted)));

        if (shrunk < Wanted)
        {
            _shrunkAt = second;
            Wanted = shrunk;
        }
    }
}
