using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// The published dashboard inside the npm package of the Aspire CLI, or wherever configuration points to.
/// </summary>
/// <param name="configuration"><c>ASPIRE_DASHBOARD_PATH</c> or <c>DcpPublisher:DashboardPath</c> names another dashboard.</param>
/// <param name="appHostDirectory">The package is looked for in node_modules and local/node_modules here and in every folder above.</param>
internal sealed class DashboardBundle(IConfiguration configuration, string appHostDirectory)
{
    private static readonly TimeSpan UnpackTimeout = TimeSpan.FromMinutes(2);

    public static string PackageName { get; } = $"@microsoft/aspire-cli-{Platform()}";

    /// <returns>Null where there is none.</returns>
    /// <exception cref="DistributedApplicationException">Configuration names a file that does not exist.</exception>
    public string? Find()
    {
        if ((configuration["ASPIRE_DASHBOARD_PATH"] ?? configuration["DcpPublisher:DashboardPath"]) is { Length: > 0 } path)
        {
            return File.Exists(path)
                ? path
                : throw new DistributedApplicationException($"The configured dashboard '{path}' does not exist.");
        }

        return FindPackage() is { } package ? Program(Home(package)) : null;
    }

    /// <summary>Unpacks the package unless this version is unpacked already. Two AppHosts that start at once take turns.</summary>
    public async Task UnpackAsync(CancellationToken cancellationToken)
    {
        if (FindPackage() is not { } package)
        {
            return;
        }

        var home = Home(package);
        var marker = Path.Combine(home, $".unpacked-{Version(package)}");
        Directory.CreateDirectory(home);
        await using var turn = await TakeTurnAsync(Path.Combine(home, ".lock"), cancellationToken).ConfigureAwait(false);

        if (!File.Exists(marker))
        {
            await RunSetupAsync(package, home, cancellationToken).ConfigureAwait(false);
            await File.WriteAllTextAsync(marker, "", cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Next to node_modules and not in it, where npm would remove it at the next install.</summary>
    private static string Home(string package) => Path.GetFullPath(Path.Combine(package, "..", "..", "..", ".aspire"));

    private static string Program(string home) => Path.Combine(home, "bundle", "managed", "aspire-managed");

    private string? FindPackage()
    {
        for (var folder = new DirectoryInfo(appHostDirectory); folder is not null; folder = folder.Parent)
        {
            string[] places = [folder.FullName, Path.Combine(folder.FullName, "local")];
            var package = places.Select(place => Path.Combine(place, "node_modules", PackageName)).FirstOrDefault(Directory.Exists);

            if (package is not null)
            {
                return package;
            }
        }

        return null;
    }

    private static string Platform()
    {
        var system = OperatingSystem.IsMacOS() ? "osx" : "linux";
        return $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
    }

    private static string Version(string package)
    {
        using var description = JsonDocument.Parse(File.ReadAllText(Path.Combine(package, "package.json")));
        return description.RootElement.GetProperty("version").GetString()!;
    }

    private static async Task<FileStream> TakeTurnAsync(string lockFile, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(UnpackTimeout);

        while (true)
        {
            try
            {
                return new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), deadline.Token).ConfigureAwait(false);
            }
        }
    }

    private static async Task RunSetupAsync(string package, string home, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Path.Combine(package, "bin", "aspire"))
        {
            ArgumentList = { "setup", "--install-path", home, "--non-interactive", "--nologo" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        start.Environment["ASPIRE_HOME"] = home;
        start.Environment["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "true";

        using var setup = Process.Start(start)!;
        var output = setup.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = setup.StandardError.ReadToEndAsync(cancellationToken);
        await setup.WaitForExitAsync(cancellationToken).ConfigureAwait(false);

        if (setup.ExitCode != 0)
        {
            var said = await output.ConfigureAwait(false) + await errors.ConfigureAwait(false);
            throw new DistributedApplicationException($"{PackageName} could not be unpacked into '{home}': {said.Trim()}");
        }
    }
}
