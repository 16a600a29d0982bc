using Microsoft.Win32.SafeHandles;

namespace Waybill.Cli.Output;

/// <summary>Standard output for bytes.</summary>
internal static class StandardOutput
{
    private const int Number = 1;

    /// <summary>EPIPE.</summary>
    private const int BrokenPipe = 32;

    public static Stream Open()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
        {
            return Console.OpenStandardOutput();
        }

        // The console's stream drops what nobody reads any more, and a million notifications would be fetched for `head`.
        var stream = new FileStream(new SafeFileHandle(Number, ownsHandle: false), FileAccess.Write, bufferSize: 0);

        // In a file it would write at an offset of its own, whatever else the shell has written there.
        return stream.CanSeek ? Console.OpenStandardOutput() : stream;
    }

    /// <summary>Whoever read it has gone.</summary>
    public static bool IsClosed(IOException exception) => exception.HResult == BrokenPipe;
}
