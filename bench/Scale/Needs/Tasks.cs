using Waybill.Infra.Services;

namespace Waybill.Bench.Scale.Needs;

/// <summary>Tasks of the deployed size that a rate needs.</summary>
internal sealed record Tasks(int Intake, int Status, int Worker)
{
    private const double VirtualCpu = 1024;
    private const double Milliseconds = 1000;

    /// <summary>ASSUMED: seconds that a worker holds a place for a call besides the call itself.</summary>
    private const double PlaceSeconds = 0.01;

    public int Sum => Intake + Status + Worker;

    public double VirtualCpus => Sum * TaskCpu;

    private static double TaskCpu => Sizes.TaskCpu / VirtualCpu;

    public static Tasks Of(ScaleInputs inputs, double rate) => new(
        Needed(rate, ByCpu(inputs, inputs.Cpu.Intake)),
        Needed(rate, ByCpu(inputs, inputs.Cpu.Status)),
        Needed(rate, Math.Min(ByCpu(inputs, inputs.Cpu.Worker), ByPlaces(inputs) * Target)));

    /// <summary>What one worker delivers a second at its best.</summary>
    public static double OfWorker(ScaleInputs inputs) => Math.Min(ByCpu(inputs, inputs.Cpu.Worker) / Target, ByPlaces(inputs));

    /// <summary>Notifications a second of one task, kept to the share of its CPU at which it is scaled.</summary>
    public static double ByCpu(ScaleInputs inputs, double milliseconds) =>
        TaskCpu * Target * Milliseconds / (milliseconds * inputs.CpuOverhead);

    /// <summary>Calls a second that the places of one worker allow.</summary>
    public static double ByPlaces(ScaleInputs inputs) => inputs.Places / (inputs.ReceiverSeconds + PlaceSeconds);

    private static double Target => Sizes.CpuPercent / 100.0;

    private static int Needed(double rate, double each) => Math.Max(Sizes.LeastTasks, (int)Math.Ceiling(rate / each));
}
