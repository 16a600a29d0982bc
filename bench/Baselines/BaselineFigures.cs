namespace Waybill.Bench.Baselines;

/// <summary>What a bare loop that only POSTs the same payload to the same receiver takes, in a process of its own.</summary>
/// <param name="Calls">After as many to warm up, at most 5,000.</param>
/// <param name="CpuMillisecondsPerCall">User and system time of that process.</param>
/// <param name="PacedCpuMillisecondsPerCall">The same at the scenario's rate, where it has one: the fewer calls come together, the dearer is each.</param>
internal sealed record BaselineFigures(int Calls, double PerSecond, double CpuMillisecondsPerCall, double? PacedCpuMillisecondsPerCall);
