using System.Diagnostics;

namespace StandIns.Aspire.Tests.Support;

/// <summary>The sample AppHost as a user runs it: a process of its own.</summary>
internal sealed class AppHostProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = new();
    private readonly CancellationTokenSource _deadline = new(TestApp.Patience);

    private AppHostProcess(Process process) => _process = process;

    public string Output => string.Join(Environment.NewLine, _lines);

    public int Id => _process.Id;

    public CancellationToken Deadline => _deadline.Token;

    public static AppHostProcess Start(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Projects.SampleAppHost.ProjectPath,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        var dashboard = new DashboardArguments(IsAnonymous: true, DashboardArguments.FakeProgram);
        string[] all = ["exec", typeof(Projects.SampleAppHost).Assembly.Location, .. dashboard.ToArray(), .. args];
        all.ToList().ForEach(start.ArgumentList.Add);

        var started = new AppHostProcess(new Process { StartInfo = start });
        started._process.OutputDataReceived += (_, line) => started._lines.Enqueue(line.Data ?? "");
        started._process.ErrorDataReceived += (_, line) => started._lines.Enqueue(line.Data ?? "");
        started._process.Start();
        started._process.BeginOutputReadLine();
        started._process.BeginErrorReadLine();
        return started;
    }

    public async Task PrintsAsync(string text)
    {
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            Assert.False(_process.HasExited || Deadline.IsCancellationRequested, $"It never printed '{text}', but: {Output}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
        }
    }

    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{Id}"]);
        await kill.WaitForExitAsync(Deadline);
    }

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync(Deadline);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
        _deadline.Dispose();
    }
}
