using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Waybill.LocalAws;

/// <summary>Asks a process to end, which <see cref="Process"/> cannot: its Kill is SIGKILL.</summary>
internal static partial class Signal
{
    private const int Terminate = 15;

    /// <summary>Sends SIGTERM; on Windows, which has none, ends the process at once.</summary>
    public static void RequestEnd(Process process)
    {
        if (process.HasExited)
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            process.Kill();
            return;
        }

        // Fails only when the process has ended meanwhile, which is what was asked for.
        _ = Kill(process.Id, Terminate);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
