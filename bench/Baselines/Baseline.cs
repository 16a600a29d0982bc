using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Waybill.Bench.Receiving;
using Waybill.Bench.Scenarios;
using Waybill.Bench.Systems;

namespace Waybill.Bench.Baselines;

/// <summary>Runs the baseline as a process of its own, so that its CPU is known apart from the receiver's.</summary>
internal static class Baseline
{
    private const int FewestCalls = 5000;
    private const int MostCalls = 20_000;

    /// <summary>As many as a worker makes at a time.</summary>
    private const int Connections = 64;

    public static async Task<BaselineFigures> MeasureAsync(Receiver receiver, Scenario scenario, CancellationToken cancellationToken)
    {
        var calls = Math.Clamp(scenario.Count, FewestCalls, MostCalls);
        receiver.Expect("none", 0);

        string[] arguments =
        [
            "exec", BuiltProgram.Find(".", "Bench"), BaselineCommand.Name,
            "--calls", $"{calls}", "--bytes", $"{scenario.PayloadBytes}", "--connections", $"{Connections}",
            .. scenario.PerSecond is { } rate ? new[] { "--rate", rate.ToString(CultureInfo.InvariantCulture) } : [],
            .. receiver.Hosts.SelectMany(host => new[] { "--url", host.ToString() }),
        ];

        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var figures = await JsonSerializer.DeserializeAsync<BaselineFigures>(process.StandardOutput.BaseStream, cancellationToken: cancellationToken);
        await process.WaitForExitAsync(cancellationToken);

        return figures!;
    }
}
