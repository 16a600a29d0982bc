using System.Diagnostics;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// A process in a session of its own. Ctrl+C in the terminal thus reaches the AppHost alone, which then ends
/// resources in their order; and whatever a resource has started ends with it.
/// </summary>
internal sealed class ResourceProcess : IDisposable
{
    private static readonly TimeSpan OutputGrace = TimeSpan.FromSeconds(2);

    /// <summary>What the AppHost was told about itself and its children must not take for their own.</summary>
    private static readonly string[] NotInherited =
    [
        "ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT",
        "DOTNET_LAUNCH_PROFILE", "MSBuildSDKsPath", "MSBUILD_EXE_PATH", "MSBuildExtensionsPath",
    ];

    private readonly Process _process;
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ResourceProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public Task Exited => _exited.Task;

    /// <param name="plan">What to start.</param>
    /// <param name="onLine">Called for each line printed; true for standard error.</param>
    public static ResourceProcess Start(ProcessPlan plan, Action<string, bool> onLine)
    {
        var process = new Process { StartInfo = StartInfo(plan), EnableRaisingEvents = true };
        var started = new ResourceProcess(process);

        process.Exited += (_, _) => started._exited.TrySetResult();
        process.OutputDataReceived += (_, line) => Forward(line.Data, isError: false);
        process.ErrorDataReceived += (_, line) => Forward(line.Data, isError: true);

        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return started;

        void Forward(string? text, bool isError)
        {
            if (text is not null)
            {
                onLine(text, isError);
            }
        }
    }

    /// <summary>SIGTERM, and SIGKILL once the grace is over.</summary>
    public async Task EndAsync(TimeSpan grace)
    {
        ProcessSignals.TerminateGroup(Id);
        await Task.WhenAny(Exited, Task.Delay(grace)).ConfigureAwait(false);
        ProcessSignals.KillGroup(Id);
        await Exited.ConfigureAwait(false);
    }

    /// <summary>
    /// To be awaited after <see cref="Exited"/>: ends what the process has left behind and reads what it has printed last.
    /// </summary>
    public async Task<int> CompleteAsync()
    {
        ProcessSignals.KillGroup(Id);
        using var deadline = new CancellationTokenSource(OutputGrace);

        try
        {
            await _process.WaitForExitAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // A process that left the group still holds the pipe; what it prints is nobody's any more.
        }

        return _process.ExitCode;
    }

    public void Dispose() => _process.Dispose();

    private static ProcessStartInfo StartInfo(ProcessPlan plan)
    {
        var start = new ProcessStartInfo(SessionLauncher.Path)
        {
            WorkingDirectory = plan.WorkingDirectory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        start.ArgumentList.Add(plan.FileName);
        plan.Arguments.ToList().ForEach(start.ArgumentList.Add);
        NotInherited.ToList().ForEach(name => start.Environment.Remove(name));

        foreach (var (name, value) in plan.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
