namespace Waybill.LocalAws;

/// <summary>
/// Lets one process at a time install. It is an open file, so the system releases it when its holder dies; it lies outside
/// <c>node_modules</c> because npm deletes that folder.
/// </summary>
internal sealed class InstallLock : IDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>How a file that another process has locked is reported: EAGAIN on Linux and on macOS, a sharing violation on Windows.</summary>
    private static readonly int[] LockedElsewhere = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _file;

    private InstallLock(FileStream file) => _file = file;

    public static async Task<InstallLock> AcquireAsync(string folder, Action<string> log, CancellationToken cancellationToken)
    {
        var state = Directory.CreateDirectory(Path.Combine(folder, ".waybill"));
        var path = Path.Combine(state.FullName, "install.lock");
        var told = false;

        while (true)
        {
            if (TryOpen(path) is { } file)
            {
                return new InstallLock(file);
            }

            if (!told)
            {
                log("Another process is installing the local tools; waiting for it");
                told = true;
            }

            await Task.Delay(RetryInterval, cancellationToken);
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (LockedElsewhere.Contains(error.HResult))
        {
            return null;
        }
    }
}
