namespace Waybill.Cli.Output;

/// <summary>
/// A file that is there once it is whole. Until then it is FILE.part, which is gone when the export fails; what was there before stays.
/// Where the machine does not let it write, it throws what <see cref="File"/> does.
/// </summary>
internal sealed class ExportFile : IDisposable
{
    private readonly string _path;
    private readonly string _part;
    private readonly bool _overwrites;
    private readonly FileStream _content;
    private bool _isWhole;

    private ExportFile(string path, bool overwrites)
    {
        _path = path;
        _part = PartOf(path);
        _overwrites = overwrites;

        // Without a buffer, which a full disk would keep from being written when the file is closed.
        _content = new FileStream(_part, overwrites ? FileMode.Create : FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    public Stream Content => _content;

    /// <exception cref="InputException">Something is there already that must not be written over.</exception>
    public static ExportFile Create(string path, bool overwrites)
    {
        // A link stays, and what it leads to is written.
        var file = new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;

        if (Directory.Exists(file))
        {
            throw new InputException($"{path} is a folder.");
        }

        // Root would put a file in the place of /dev/null.
        if (IsDevice(path) || IsDevice(file))
        {
            throw new InputException($"{path} is no file; export to standard output, and redirect that.");
        }

        if (!overwrites && new[] { file, PartOf(file) }.FirstOrDefault(Path.Exists) is { } existing)
        {
            throw new InputException($"{existing} exists already; --force writes over it.");
        }

        return new ExportFile(file, overwrites);
    }

    /// <summary>It has all of it, and gets its name.</summary>
    /// <exception cref="InputException">The name is taken.</exception>
    public void Complete()
    {
        // First on the disk: the power may fail.
        _content.Flush(flushToDisk: true);
        _content.Dispose();
        _isWhole = true;

        try
        {
            File.Move(_part, _path, _overwrites);
        }
        catch (IOException exception)
        {
            throw new InputException($"{exception.Message} The export is whole, in {_part}.");
        }
    }

    public void Dispose()
    {
        _content.Dispose();

        if (!_isWhole)
        {
            File.Delete(_part);
        }
    }

    private static bool IsDevice(string path) => Path.GetFullPath(path) is var full
        && full.StartsWith("/dev/", StringComparison.Ordinal)
        && !full.StartsWith("/dev/shm/", StringComparison.Ordinal);

    private static string PartOf(string path) => $"{path}.part";
}
