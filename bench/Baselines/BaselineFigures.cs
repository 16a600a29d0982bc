namespace Waybill.Bench.Baselines;

/// <summary>What a bare loop that only POSTs the same payload to the same receiver takes, in a process of its own.</summary>
/// <param name="Calls">After as many to warm up, at most 5,000.</param>
/// <param name="CpuMillisecondsPerCall">User and system time of that process.</param>
internal sealed record BaselineFigures(int Calls, double PerSecond, double CpuMillisecondsPerCall);
