using System.Diagnostics;

namespace Waybill.LocalAws;

/// <summary>
/// Ends an emulator when this process is gone, even if it was killed. The guard is a shell that waits for its standard input to
/// close: the system closes that pipe when this process ends in whatever way, and the shell then kills the emulator by its id.
/// </summary>
internal sealed class ParentGuard : IDisposable
{
    private const string Script = "trap '' INT TERM; read -r released || kill -KILL \"$1\"";

    private readonly Process _shell;

    private ParentGuard(Process shell) => _shell = shell;

    /// <returns>Null on Windows, which has no such shell: there an emulator outlives a killed parent.</returns>
    public static ParentGuard? Watch(Process emulator)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "waybill-guard", emulator.Id.ToString()])
        {
            RedirectStandardInput = true,
        };

        return new ParentGuard(Executable.Start(start));
    }

    /// <summary>Releases the emulator: call it once the emulator has ended, so that its id, which may be used again, is not killed.</summary>
    public void Dispose()
    {
        _shell.StandardInput.WriteLine("released");
        _shell.StandardInput.Close();
        _shell.WaitForExit();
        _shell.Dispose();
    }
}
