namespace Waybill.Outbox.Tests.Proof;

/// <summary>What a process is doing when it dies.</summary>
internal enum Step
{
    /// <summary>The application commits an order with its rows.</summary>
    Commit,

    /// <summary>The relay takes rows.</summary>
    Lease,

    /// <summary>The relay hands them over.</summary>
    Post,

    /// <summary>The relay deletes what was taken.</summary>
    Delete,
}

internal enum Moment
{
    Before,
    During,
    After,
}

/// <summary>Where a process dies.</summary>
/// <param name="Step">Null: at any time, by another's hand.</param>
/// <param name="Times">How often it gets past there before; from 0.</param>
internal sealed record CrashPoint(Step? Step, Moment Moment, int Times)
{
    private const int MostTimes = 4;

    private static readonly (Step? Step, Moment Moment)[] Places =
    [
        (null, default),
        .. from step in Enum.GetValues<Step>() from moment in Enum.GetValues<Moment>() select ((Step?)step, moment),
    ];

    public string Name => Step is null ? "anywhere" : $"{Moment} {Step}".ToLowerInvariant();

    /// <summary>Each place in turn.</summary>
    /// <param name="round">From 0.</param>
    public static CrashPoint Of(int round, Random random)
    {
        var (step, moment) = Places[round % Places.Length];
        return new CrashPoint(step, moment, random.Next(MostTimes));
    }

    public static CrashPoint Parse(string step, string moment, string times) => new(
        Enum.TryParse<Step>(step, out var given) ? given : null,
        Enum.Parse<Moment>(moment),
        int.Parse(times, System.Globalization.CultureInfo.InvariantCulture));
}
