namespace Waybill.Simulation.Faults;

/// <summary>How one operation fares.</summary>
/// <param name="Out">Until the request arrives; null: it never does.</param>
/// <param name="Back">From its effect until the answer arrives; null: it never does.</param>
/// <param name="Refusal">Answered instead of an effect.</param>
/// <param name="Error">Answered although the effect took place.</param>
/// <param name="Crash">When the process that asked dies.</param>
internal sealed record Journey(TimeSpan? Out, TimeSpan? Back, Exception? Refusal = null, Exception? Error = null, CrashPoint Crash = CrashPoint.None)
{
    public bool EndsWithin(TimeSpan timeout) => Out is { } to && Back is { } back && to + back < timeout;
}

internal enum CrashPoint
{
    None,

    /// <summary>The request never left.</summary>
    BeforeEffect,

    /// <summary>The request took effect; its answer found nobody.</summary>
    AfterEffect,
}
