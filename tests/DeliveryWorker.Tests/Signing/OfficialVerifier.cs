using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Waybill.Receiver.Recording;

namespace Waybill.DeliveryWorker.Tests.Signing;

/// <summary>The official library from npm, run by Node as a receiver would run it. Installed once, from its lock file.</summary>
public sealed class OfficialVerifier : IAsyncLifetime
{
    private static readonly string Folder = FindFolder();

    public async Task InitializeAsync()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "standardwebhooks")))
        {
            await RunAsync("npm", ["ci", "--no-audit", "--no-fund"], "");
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <returns><c>verified</c>, or the library's reason why not.</returns>
    public async Task<string> VerifyAsync(string secret, ReceivedRequest request, string? body = null)
    {
        var headers = request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value);
        var input = JsonSerializer.Serialize(new { secret, headers, body = body ?? request.Body ?? "" });

        return (await RunAsync("node", ["verify.mjs"], input)).Trim();
    }

    private static async Task<string> RunAsync(string command, string[] arguments, string input)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };

        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{command} ended with {process.ExitCode}: {output}");
    }

    private static string FindFolder([CallerFilePath] string thisFile = "") => Path.Combine(Path.GetDirectoryName(thisFile)!, "verifier");
}
