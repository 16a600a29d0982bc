using System.Globalization;

namespace Waybill.TestSupport;

/// <summary>The most memory that a process has had in use at a time, as the kernel counts it: garbage, buffers and code included.</summary>
public static class PeakMemory
{
    private const string Peak = "VmHWM:";

    /// <summary>Kibibytes to a mebibyte.</summary>
    private const int KibPerMib = 1024;

    public static int MebibytesOf(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith(Peak, StringComparison.Ordinal));
        return int.Parse(line[Peak.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / KibPerMib;
    }
}
