using System.Diagnostics;
using System.Formats.Tar;
using Waybill.TestSupport;

namespace Waybill.Infra.Tests.Images;

/// <summary>What an image has on top of its base, in a folder in which nobody may write, run as its user where the test is root.</summary>
internal sealed class UnpackedImage : IDisposable
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
    private const string Root = "root";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("waybill-image-");
    private readonly IReadOnlyList<string> _entrypoint;
    private readonly string _user;

    private UnpackedImage(Archive archive)
    {
        var config = archive.Config["config"]!;
        _entrypoint = [.. config["Entrypoint"]!.AsArray().Select(word => (string)word!)];
        _user = (string)config["User"]!;
    }

    public static async Task<UnpackedImage> OfAsync(Archive archive)
    {
        var image = new UnpackedImage(archive);

        await using var layer = archive.OpenLayer(archive.Layers[^1]);
        await TarFile.ExtractToDirectoryAsync(layer, image._folder.FullName, overwriteFiles: false);

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(image._folder.FullName, Readable);
        }

        return image;
    }

    /// <summary>As its entry point has it.</summary>
    public Task<PrintingProcess> StartAsync(IEnumerable<KeyValuePair<string, string>> environment, Func<string, bool> isReady) =>
        PrintingProcess.StartAsync(Command(_entrypoint, environment), isReady);

    /// <param name="command">With paths in the container.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(IEnumerable<string> command, IEnumerable<KeyValuePair<string, string>> environment)
    {
        using var process = Process.Start(Command(command, environment))!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private ProcessStartInfo Command(IEnumerable<string> command, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var words = command.Select(word => word.StartsWith("/app/", StringComparison.Ordinal) ? _folder.FullName + word : word);
        IEnumerable<string> asUser = Environment.UserName == Root && !OperatingSystem.IsWindows() ? ["setpriv", $"--reuid={_user}", $"--regid={_user}", "--clear-groups"] : [];
        List<string> all = [.. asUser, .. words];
        var start = new ProcessStartInfo(all[0], all[1..]) { WorkingDirectory = Path.Combine(_folder.FullName, "app") };

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
