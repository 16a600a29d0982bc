using System.Diagnostics;
using System.Globalization;
using Waybill.LocalAws;

namespace Waybill.TestSupport.Databases;

/// <summary>
/// A PostgreSQL server of the test's own, from the machine's package, on a free port of 127.0.0.1 with its data in a temporary folder. It ends with
/// <see cref="DisposeAsync"/>, and with this process however that ends.
/// </summary>
/// <remarks>What it stores is not synced to the disk: it stands for a server that outlives the process under test, not for a machine that loses its power.</remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "waybill";

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly string _data;
    private readonly int _port;
    private readonly EmulatorProcess _process;

    private PostgresServer(string data, int port, EmulatorProcess process)
    {
        _data = data;
        _port = port;
        _process = process;
    }

    /// <summary>Why there is none on this machine, and what to do; null where there is one.</summary>
    public static string? Missing { get; } = PostgresPrograms.Folder is null ? "There is no PostgreSQL: apt-get install postgresql." : null;

    public static async Task<PostgresServer> StartAsync()
    {
        var data = (await RunAsync("mktemp", "--directory", "--tmpdir", "waybill-postgres-XXXXXXXX")).Trim();
        await RunAsync(PostgresPrograms.Path("initdb"), "--pgdata", data, "--username", User, "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync");

        var port = LoopbackPort.Pick();
        var start = PostgresPrograms.Start(
            PostgresPrograms.Path("postgres"),
            "-D", data, "-k", data, "-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-F", "-c", "max_connections=200");
        var server = new PostgresServer(data, port, EmulatorProcess.Start(start));

        try
        {
            await Eventually.HoldsAsync(server.AnswersAsync);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A new, empty database.</summary>
    /// <returns>How Npgsql connects to it.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Guid.NewGuid():N}";
        await RunAsync(PostgresPrograms.Path("createdb"), ["--no-password", .. Address(), name]);
        return $"Host=127.0.0.1;Port={_port};Username={User};Database={name}";
    }

    public async ValueTask DisposeAsync()
    {
        await _process.KillAsync();

        // Its children end by themselves once they notice, and write a last time.
        await Eventually.HoldsAsync(IsDeleted);
    }

    private bool IsDeleted()
    {
        try
        {
            Directory.Delete(_data, recursive: true);
            return true;
        }
        catch (IOException) when (Directory.Exists(_data))
        {
            return false;
        }
    }

    private async Task<bool> AnswersAsync()
    {
        if (_process.HasExited)
        {
            await _process.DrainAsync();
            throw new InvalidOperationException($"PostgreSQL ended with {_process.ExitCode}: {_process.Printed}");
        }

        var (exitCode, _) = await ExecuteAsync(PostgresPrograms.Path("pg_isready"), Address());
        return exitCode == 0;
    }

    private string[] Address() => ["-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture), "-U", User];

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var (exitCode, output) = await ExecuteAsync(program, arguments);
        return exitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {exitCode}: {output}");
    }

    private static async Task<(int ExitCode, string Output)> ExecuteAsync(string program, string[] arguments)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        return await Executable.RunAsync(PostgresPrograms.Start(program, arguments), Environment.GetEnvironmentVariable("PATH") ?? "", deadline.Token);
    }
}
