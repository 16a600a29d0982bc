using System.Diagnostics;
using Waybill.LocalAws;

namespace Waybill.TestSupport.Databases;

/// <summary>PostgreSQL's programs, where Debian and Ubuntu install them, else from the search path.</summary>
internal static class PostgresPrograms
{
    private const string Versions = "/usr/lib/postgresql";

    /// <summary>Null where there are none.</summary>
    public static string? Folder { get; } = Find();

    public static string Path(string program) => System.IO.Path.Combine(Folder ?? throw new InvalidOperationException(PostgresServer.Missing), program);

    /// <summary>As the user that the package has made for it, where this is root: PostgreSQL refuses to run as root.</summary>
    public static ProcessStartInfo Start(string program, params string[] arguments)
    {
        var start = Environment.IsPrivilegedProcess
            ? new ProcessStartInfo("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments])
            : new ProcessStartInfo(program, arguments);

        // A folder that this user may be in.
        start.WorkingDirectory = System.IO.Path.GetTempPath();
        return start;
    }

    private static string? Find()
    {
        var installed = Directory.Exists(Versions) ? Directory.GetDirectories(Versions).Select(version => System.IO.Path.Combine(version, "bin")) : [];
        var folder = installed.OrderDescending(StringComparer.Ordinal).FirstOrDefault(bin => File.Exists(System.IO.Path.Combine(bin, "initdb")));

        return folder ?? System.IO.Path.GetDirectoryName(Executable.Find("initdb", Environment.GetEnvironmentVariable("PATH") ?? ""));
    }
}
