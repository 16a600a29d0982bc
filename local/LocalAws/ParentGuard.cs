using System.Diagnostics;
using System.Globalization;

namespace Waybill.LocalAws;

/// <summary>
/// Ends a child process when this process is gone, even if it was killed. The guard is a shell that waits for its standard input
/// to close: the system closes that pipe when this process ends in whatever way, and the shell then kills the child by its id.
/// </summary>
internal sealed class ParentGuard : IDisposable
{
    // The signals of a terminal go to every process it started, so to the guard too, which has to outlive them.
    private const string Script = "trap '' HUP INT TERM; read -r released || kill -KILL \"$1\"";

    private readonly Process _shell;

    private ParentGuard(Process shell) => _shell = shell;

    /// <returns>Null on Windows, which has no such shell: there a child outlives a killed parent.</returns>
    public static ParentGuard? Watch(Process child)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        var childId = child.Id.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "waybill-guard", childId]) { RedirectStandardInput = true };

        return new ParentGuard(Executable.Start(start));
    }

    /// <summary>Call it once the child has ended: its id may be used again, and then must not be killed.</summary>
    public void Dispose()
    {
        try
        {
            _shell.StandardInput.WriteLine("released");
            _shell.StandardInput.Close();
        }
        catch (IOException)
        {
            // The guard itself was killed, so there is nothing left to release.
        }

        _shell.WaitForExit();
        _shell.Dispose();
    }
}
