using System.Net;
using System.Reflection;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Waybill.AppHost.Local;

/// <summary>
/// How Aspire's own processes are started, the orchestrator (DCP) and the dashboard, and where they keep what they keep: in the data
/// folder instead of the user's home, so that deleting <c>.waybill</c> deletes it.
/// </summary>
internal static class AspireSetup
{
    private const string ApplicationName = "AppHost:DashboardApplicationName";
    private const string BrowserToken = "AppHost:BrowserToken";
    private const string UseDeveloperCertificate = "ASPIRE_DCP_USE_DEVELOPER_CERTIFICATE";
    private const string CliPath = "DcpPublisher:CliPath";
    private const string DashboardFolder = "ASPIRE_DASHBOARD_DATA_DIRECTORY";

    /// <summary>
    /// What anybody may still set otherwise. The console has our report and what is wrong, not how
    /// Aspire is getting on; an AppHost that ends waits until its emulators have, as the next start opens the same files; and no package
    /// source is asked for newer versions, which Renovate does.
    /// </summary>
    private static readonly Dictionary<string, string> Defaults = new()
    {
        ["Logging:LogLevel:Aspire.Hosting"] = "Warning",
        ["Logging:LogLevel:Aspire.Hosting.Dashboard.DashboardWebApplication"] = "Error",
        // A page that is left while it is drawn is no error of anybody's.
        ["Logging:LogLevel:Aspire.Hosting.Dashboard.ThirdParty.Microsoft.AspNetCore.Components.Server.Circuits"] = "None",
        ["Logging:LogLevel:Grpc"] = "Warning",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error",
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",
        ["DcpPublisher:WaitForResourceCleanup"] = "true",
        ["ASPIRE_VERSION_CHECK_DISABLED"] = "true",
    };

    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersProgram = OwnersFile | UnixFileMode.UserExecute;

    public static void SetUpAspire(this IDistributedApplicationBuilder builder, DataFolder data)
    {
        var folder = Directory.CreateDirectory(Path.Combine(data.Path, "aspire")).FullName;

        foreach (var (setting, value) in Defaults)
        {
            builder.Configuration[setting] ??= value;
        }

        // Whoever is on this machine can open the dashboard. What programs talk to, its API and its telemetry input, keeps its keys.
        builder.Configuration[BrowserToken] = "";
        builder.Configuration[ApplicationName] = "Waybill";
        builder.Configuration[DashboardFolder] ??= Path.Combine(folder, "dashboard");

        if (IsOwnersAlone(folder) && (builder.Configuration[CliPath] ?? BuiltIn()) is { } program)
        {
            builder.Configuration[CliPath] = WriteLauncher(folder, program);
            builder.Configuration[UseDeveloperCertificate] = "false";
        }
    }

    /// <summary>The orchestrator insists on it. Some file systems keep no modes (a Windows drive in WSL): there it goes its own way.</summary>
    [UnsupportedOSPlatformGuard("windows")]
    private static bool IsOwnersAlone(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        try
        {
            File.SetUnixFileMode(folder, OwnersProgram);
            return File.GetUnixFileMode(folder) == OwnersProgram;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Named by the Aspire SDK when it built this program.</summary>
    private static string? BuiltIn() =>
        typeof(AspireSetup).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(metadata => string.Equals(metadata.Key, "DcpCliPath", StringComparison.OrdinalIgnoreCase))?.Value;

    /// <summary>
    /// A script that starts the orchestrator with a certificate for the API between it and the AppHost. Left to itself it makes one
    /// with an RSA key, which takes it one to five seconds, at every start; an elliptic one takes none. It is this start's alone.
    /// </summary>
    [UnsupportedOSPlatform("windows")]
    private static string WriteLauncher(string folder, string program)
    {
        var certificate = Path.Combine(folder, "api-certificate.pem");
        var key = Path.Combine(folder, "api-key.pem");
        var launcher = Path.Combine(folder, "dcp");

        WriteCertificate(certificate, key);
        Write(launcher, OwnersProgram, $"""
            #!/bin/sh
            export DCP_STATE_STORE_PATH={Quoted(Path.Combine(folder, "dcp.sqlite"))}
            if [ "$1" = start-apiserver ]; then
              set -- "$@" --tls-cert-file {Quoted(certificate)} --tls-key-file {Quoted(key)}
            fi
            exec {Quoted(program)} "$@"

            """);

        return launcher;
    }

    [UnsupportedOSPlatform("windows")]
    private static void WriteCertificate(string certificateFile, string keyFile)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Waybill's AppHost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));

        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
        Write(certificateFile, OwnersFile, certificate.ExportCertificatePem());
        Write(keyFile, OwnersFile, key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>New each time: an older file keeps its mode.</summary>
    [UnsupportedOSPlatform("windows")]
    private static void Write(string path, UnixFileMode mode, string text)
    {
        File.Delete(path);

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode };
        using var file = new StreamWriter(path, options);
        file.Write(text);
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
