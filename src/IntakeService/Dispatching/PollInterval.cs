namespace Waybill.IntakeService.Dispatching;

/// <summary>
/// How long to wait for the next pass: not at all under load, longer and longer when idle. In an outage it stays short, as its end
/// is to be noticed: a pass costs little then.
/// </summary>
public static class PollInterval
{
    /// <summary>Share by which a wait is shortened at random, so that replicas do not keep in step.</summary>
    public const double Jitter = 0.2;

    /// <param name="previous">The wait before this one, without its jitter.</param>
    public static TimeSpan Next(PassOutcome outcome, TimeSpan previous, DispatcherOptions options)
    {
        var busy = TimeSpan.FromSeconds(options.BusyPollSeconds);
        var idle = TimeSpan.FromSeconds(options.IdlePollSeconds);

        return outcome switch
        {
            PassOutcome.MoreIsWaiting => TimeSpan.Zero,
            PassOutcome.Worked or PassOutcome.Failed => busy,
            _ => Clamp(previous * 2, busy, idle),
        };
    }

    /// <param name="random">Uniform in [0, 1).</param>
    public static TimeSpan WithJitter(TimeSpan wait, double random) => wait * (1 - (Jitter * random));

    private static TimeSpan Clamp(TimeSpan wait, TimeSpan shortest, TimeSpan longest)
    {
        var atLeast = wait > shortest ? wait : shortest;
        return atLeast < longest ? atLeast : longest;
    }
}
