using Waybill.LocalAws;

namespace Waybill.IntakeService.Tests.Support;

/// <summary>An emulator that was killed; disposing starts it again, with its data.</summary>
public sealed class Outage : IAsyncDisposable
{
    private readonly LocalEmulator _emulator;

    private Outage(LocalEmulator emulator) => _emulator = emulator;

    public static async Task<Outage> OfAsync(LocalEmulator emulator)
    {
        await emulator.KillAsync();
        return new Outage(emulator);
    }

    public Task EndAsync() => _emulator.StartAsync();

    public async ValueTask DisposeAsync() => await EndAsync();
}
