using System.Globalization;

/// <summary>
/// What <c>DOTNET_STARTUP_HOOKS</c> calls before a service's own Main; name and signature are the runtime's. The services know nothing of it.
/// </summary>
#pragma warning disable CA1050 // The runtime looks for a type without a namespace.
public static class StartupHook
#pragma warning restore CA1050
{
    private const string Port = "WAYBILL_BENCH_PROBE_PORT";

    public static void Initialize()
    {
        var port = int.Parse(Environment.GetEnvironmentVariable(Port)!, CultureInfo.InvariantCulture);
        Waybill.Bench.Probe.ProbeServer.Start(port, new Waybill.Bench.Probe.Totals());
    }
}
