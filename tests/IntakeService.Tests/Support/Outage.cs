using Waybill.LocalAws;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Support;

/// <summary>An emulator that was killed or frozen; disposing brings it back, with its data.</summary>
public sealed class Outage : IAsyncDisposable
{
    private readonly Func<Task> _end;

    private Outage(Func<Task> end) => _end = end;

    /// <summary>Connections are refused until it ends.</summary>
    public static async Task<Outage> KillAsync(LocalEmulator emulator)
    {
        await emulator.KillAsync();
        return new Outage(() => emulator.StartAsync());
    }

    /// <summary>Requests are taken and get no answer until it ends; then they are worked on.</summary>
    public static async Task<Outage> FreezeAsync(LocalEmulator emulator)
    {
        var frozen = await Frozen.FreezeAsync(emulator.ProcessId!.Value);
        return new Outage(frozen.GoOnAsync);
    }

    public Task EndAsync() => _end();

    public async ValueTask DisposeAsync() => await EndAsync();
}
