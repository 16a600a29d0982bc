using System.Diagnostics;
using System.Globalization;
using Waybill.Outbox.Tests.Support;

namespace Waybill.Outbox.Tests.Proof;

/// <summary>A <see cref="Victim"/>, started ahead and waiting for its turn. It ends with this process too, as it reads from it.</summary>
internal sealed class VictimProcess : IDisposable
{
    private const int Killed = 128 + 9;

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly CrashPoint _point;

    private VictimProcess(Process process, CrashPoint point)
    {
        _process = process;
        _point = point;
    }

    public static VictimProcess Start(DatabaseKind kind, string connectionString, Uri intake, string generation, CrashPoint point)
    {
        string[] arguments =
        [
            "exec", typeof(VictimProcess).Assembly.Location, Program.Victim, kind.ToString(), connectionString, intake.ToString(), generation,
            point.Step?.ToString() ?? "none", point.Moment.ToString(), point.Times.ToString(CultureInfo.InvariantCulture),
        ];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };

        // It lives for less time than the better code would take to be made.
        start.Environment["DOTNET_TieredPGO"] = "0";
        return new VictimProcess(Process.Start(start)!, point);
    }

    /// <summary>Lets it work, and waits until it has died.</summary>
    /// <returns>Rows that it was about to roll back.</returns>
    /// <exception cref="InvalidOperationException">It ended in another way.</exception>
    public async Task<IReadOnlyList<Guid>> DieAsync(Random random)
    {
        using var deadline = new CancellationTokenSource(Deadline);

        if (await _process.StandardOutput.ReadLineAsync(deadline.Token) != Victim.Ready)
        {
            throw new InvalidOperationException($"A process that was to die {_point.Name} has not started.");
        }

        await _process.StandardInput.WriteLineAsync("go");
        await _process.StandardInput.FlushAsync(deadline.Token);

        if (_point.Step is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(50, 1000)), deadline.Token);
            _process.Kill();
        }

        var printed = await _process.StandardOutput.ReadToEndAsync(deadline.Token);
        await _process.WaitForExitAsync(deadline.Token);

        return _process.ExitCode == Killed
            ? [.. printed.Split(Environment.NewLine).Where(line => line.StartsWith(Victim.RollsBack, StringComparison.Ordinal)).Select(line => Guid.Parse(line[Victim.RollsBack.Length..]))]
            : throw new InvalidOperationException($"A process that was to die {_point.Name} ended with {_process.ExitCode}: {printed}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
