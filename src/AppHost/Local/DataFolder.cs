using Microsoft.Extensions.Configuration;
using Waybill.LocalAws;

namespace Waybill.AppHost.Local;

/// <summary>
/// Where the emulators keep their data: <c>.waybill/data</c> at the repository's root, or the setting <c>DataFolder</c>.
/// It is locked while an AppHost runs on it, also against a second clone that was pointed at the same folder.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream taken)
    {
        Path = path;
        _lock = taken;
    }

    public string Path { get; }

    /// <exception cref="LocalToolsException">Another AppHost runs on it.</exception>
    public static DataFolder Take(IConfiguration configuration, LocalTools tools)
    {
        var standard = System.IO.Path.Combine(tools.Folder, "..", ".waybill", "data");
        var path = System.IO.Path.GetFullPath(configuration["DataFolder"] ?? standard);
        Directory.CreateDirectory(path);

        try
        {
            var file = System.IO.Path.Combine(path, "in-use.lock");
            return new DataFolder(path, new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException problem)
        {
            throw new LocalToolsException(
                $"Waybill is running already, on the data in {path}. Stop it first (Ctrl+C where it runs), " +
                "or start this one with another DataFolder and other Ports (see docs/settings.md).",
                problem);
        }
    }

    public void Dispose() => _lock.Dispose();
}
