using System.Runtime.InteropServices;

namespace Waybill.LocalAws;

/// <summary>
/// The packages that hold a binary for one platform. <c>package.json</c> lists those for linux-x64; npm skips them elsewhere, and
/// the ones of another platform can be added by hand.
/// </summary>
internal sealed class PlatformPackages(string folder)
{
    // As in package.json; a test compares them.
    internal const string DynoxideVersion = "1.2.1";
    internal const string NodeVersion = "26.12.1";

    private static readonly string ExecutableSuffix = OperatingSystem.IsWindows() ? ".exe" : "";

    /// <summary>The platform as Node names it, for example <c>darwin-arm64</c>.</summary>
    private static string NodePlatform { get; } = $"{NodeSystem()}-{Architecture}";

    /// <summary>The platform as .NET names it, for example <c>osx-arm64</c>.</summary>
    private static string RuntimePlatform { get; } = $"{RuntimeSystem()}-{Architecture}";

    private static string Architecture => RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();

    public static string DynoxidePackage => $"@dynoxide/{NodePlatform}@{DynoxideVersion}";

    public static string NodePackage => $"node-{NodePlatform.Replace("win32", "win", StringComparison.Ordinal)}@{NodeVersion}";

    /// <summary>Null where the package is not installed.</summary>
    public string? Node => Existing(NameOnly(NodePackage), "bin", "node" + ExecutableSuffix);

    public string RequireDynamoDb() =>
        Existing(NameOnly(DynoxidePackage), "dynoxide" + ExecutableSuffix)
        ?? throw new LocalToolsException(
            $"The DynamoDB emulator for this platform ({RuntimePlatform}) is not installed. {HowToAdd(DynoxidePackage)}");

    /// <summary>What a person does about a missing binary: on linux-x64 a broken install, elsewhere a package to add.</summary>
    public string HowToAdd(string package) => RuntimePlatform == "linux-x64"
        ? $"npm left it out. Delete {Path.Combine(folder, "node_modules")} and start again; if that does not help, run 'npm ci --include=optional' in {folder} and see what it says."
        : $"local/package.json lists the binaries for linux-x64 only. In {folder} run: npm install --no-save {package} (see README.md there).";

    private string? Existing(string package, params string[] pathInPackage)
    {
        var path = Path.Combine([InModules(package), .. pathInPackage]);
        return File.Exists(path) ? path : null;
    }

    private string InModules(string package) => Path.Combine([folder, "node_modules", .. package.Split('/')]);

    private static string NameOnly(string packageWithVersion) => packageWithVersion[..packageWithVersion.LastIndexOf('@')];

    private static string NodeSystem() =>
        OperatingSystem.IsWindows() ? "win32" : OperatingSystem.IsMacOS() ? "darwin" : "linux";

    private static string RuntimeSystem() =>
        OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
}
