using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Waybill.DeliveryWorker.Tests.Memory;

/// <summary>What attempts cost in a process of their own.</summary>
/// <param name="Allocated">Bytes for each attempt, garbage included: none ever holds more.</param>
/// <param name="Outcomes">The error codes of the attempts.</param>
internal sealed record MemoryUse(long Allocated, string Outcomes)
{
    /// <summary>Attempts at a time.</summary>
    public const int Count = 64;

    private static readonly string Tests = typeof(MemoryProbe).Assembly.Location;

    /// <summary>The worker's settings of the runtime, which are part of what is measured.</summary>
    private static readonly string WorkerSettings = Path.Combine(AppContext.BaseDirectory, "DeliveryWorker.runtimeconfig.json");

    /// <summary>256 MiB: an attempt without a bound ends its process, not the machine.</summary>
    private const string HeapLimit = "0x10000000";

    public static async Task<MemoryUse> MeasureAsync(string url, string certificateFile = "")
    {
        var count = Count.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("dotnet", ["exec", "--runtimeconfig", WorkerSettings, Tests, url, count, certificateFile])
        {
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_GCHeapHardLimit"] = HeapLimit },
        };

        using var process = Process.Start(start)!;
        var printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<MemoryUse>(printed)!
            : throw new InvalidOperationException($"The attempts ended their process: {process.ExitCode}.");
    }
}
