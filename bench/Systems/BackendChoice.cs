namespace Waybill.Bench.Systems;

/// <param name="IsLight">The bench's own backend, which takes next to no CPU, instead of the emulators.</param>
/// <param name="LatencyMilliseconds">What each call to the light backend takes longer.</param>
internal sealed record BackendChoice(bool IsLight = false, double LatencyMilliseconds = 0)
{
    public override string ToString() => IsLight ? FormattableString.Invariant($"light backend, {LatencyMilliseconds} ms a call") : "emulators";
}
