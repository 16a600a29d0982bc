using System.Diagnostics;
using System.Globalization;

namespace Waybill.TestSupport;

/// <summary>A process that was stopped by SIGSTOP, as one that hangs; disposing lets it go on.</summary>
public sealed class Frozen : IAsyncDisposable
{
    private readonly int _processId;
    private bool _goesOn;

    private Frozen(int processId) => _processId = processId;

    public static async Task<Frozen> FreezeAsync(int processId)
    {
        await SignalAsync("STOP", processId);
        return new Frozen(processId);
    }

    /// <summary>Lets it go on; does nothing the second time, when the id may be another process's.</summary>
    public async Task GoOnAsync()
    {
        if (!_goesOn)
        {
            _goesOn = true;
            await SignalAsync("CONT", _processId);
        }
    }

    public async ValueTask DisposeAsync() => await GoOnAsync();

    private static async Task SignalAsync(string signal, int processId)
    {
        using var kill = Process.Start("kill", [$"-{signal}", processId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();

        if (kill.ExitCode != 0)
        {
            throw new InvalidOperationException($"SIG{signal} could not be sent to process {processId}.");
        }
    }
}
