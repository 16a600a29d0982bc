using Waybill.LocalAws;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Support;

/// <summary>An emulator that was killed or frozen; disposing brings it back, with its data.</summary>
public sealed class Outage : IAsyncDisposable
{
    private readonly Func<Task> _end;
    private readonly Func<Task> _over;

    private Outage(Func<Task> end, Func<Task> over) => (_end, _over) = (end, over);

    /// <summary>Connections are refused until it ends.</summary>
    /// <param name="over">Waits, on disposing, until the services have noticed, so that the next test meets them as they usually are.</param>
    public static async Task<Outage> KillAsync(LocalEmulator emulator, Func<Task> over)
    {
        await emulator.KillAsync();
        return new Outage(() => emulator.StartAsync(), over);
    }

    /// <summary>Requests are taken and get no answer until it ends; then they are worked on.</summary>
    public static async Task<Outage> FreezeAsync(LocalEmulator emulator, Func<Task> over)
    {
        var frozen = await Frozen.FreezeAsync(emulator.ProcessId!.Value);
        return new Outage(frozen.GoOnAsync, over);
    }

    public Task EndAsync() => _end();

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        await _over();
    }
}
