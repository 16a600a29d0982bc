using System.Diagnostics;
using System.Text.Json;
using Waybill.EndToEnd.Tests.Application;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.CommandLine;

/// <summary>Runs the command line as a process of its own, as it was built beside the test.</summary>
internal sealed class Terminal(Uri intakeUrl, Uri statusUrl)
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "waybill.dll");

    /// <summary>Against a running AppHost.</summary>
    public Terminal(WaybillFixture fixture)
        : this(fixture.IntakeUrl, fixture.StatusUrl)
    {
    }

    public string Key { get; init; } = WaybillClient.LocalKey;

    /// <summary>Where it looks for StatusService.</summary>
    public Uri StatusUrl { get; init; } = statusUrl;

    /// <summary>The command as a shell has to type it.</summary>
    public static string Typed => $"dotnet exec '{Program}'";

    /// <param name="arguments">As they follow <c>waybill</c>.</param>
    public Task<Printed> RunAsync(params string[] arguments) => RunAsync(input: null, arguments);

    /// <param name="input">For its standard input; null for none.</param>
    public Task<Printed> RunAsync(string? input, string[] arguments) => RunAsync(StartOf(arguments), input, _ => Task.CompletedTask);

    /// <param name="meanwhile">What is done while it runs, with its process id.</param>
    public Task<Printed> RunAsync(Func<int, Task> meanwhile, params string[] arguments) => RunAsync(StartOf(arguments), null, meanwhile);

    /// <summary>Runs what a shell makes of that text.</summary>
    public Task<Printed> RunInShellAsync(string text) => RunAsync(StartOf("bash", "-c", text), null, _ => Task.CompletedTask);

    private static async Task<Printed> RunAsync(ProcessStartInfo start, string? input, Func<int, Task> meanwhile)
    {
        using var process = Process.Start(start)!;
        await FeedAsync(process, input);

        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(Deadlines.State);

        try
        {
            await meanwhile(process.Id);
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{string.Join(' ', start.ArgumentList)} did not end. It printed: {await output}{await error}");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        return new Printed(process.ExitCode, await output, await error);
    }

    /// <summary>Runs until a line is as expected, and interrupts it then.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> RunUntilAsync(Func<string, bool> expected, Func<Task> whenStarted, params string[] arguments)
    {
        using var process = Process.Start(StartOf(arguments))!;
        await FeedAsync(process, null);
        _ = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(Deadlines.State);

        try
        {
            await whenStarted();

            while (!expected(await process.StandardOutput.ReadLineAsync(deadline.Token) ?? throw new InvalidOperationException("It ended too early.")))
            {
            }

            _ = process.StandardOutput.ReadToEndAsync(deadline.Token);
            await Command.ProcessTable.SignalAsync("INT", process.Id);
            await process.WaitForExitAsync(deadline.Token);
            return process.ExitCode;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private ProcessStartInfo StartOf(string[] arguments) => StartOf("dotnet", ["exec", Program, .. arguments]);

    private ProcessStartInfo StartOf(string program, params string[] arguments)
    {
        // A test run in the background ignores Ctrl+C, and what it starts inherits that: env takes it back.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", program, .. arguments])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        start.Environment["WAYBILL_INTAKE_URL"] = intakeUrl.AbsoluteUri;
        start.Environment["WAYBILL_STATUS_URL"] = StatusUrl.AbsoluteUri;
        start.Environment["WAYBILL_API_KEY"] = Key;

        return start;
    }

    private static async Task FeedAsync(Process process, string? input)
    {
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
    }
}

/// <param name="Output">Standard output: results.</param>
/// <param name="Error">Standard error: progress, and what went wrong.</param>
internal sealed record Printed(int ExitCode, string Output, string Error)
{
    public JsonElement Json => JsonElement.Parse(Output);

    public IReadOnlyList<JsonElement> JsonLines => [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
}
