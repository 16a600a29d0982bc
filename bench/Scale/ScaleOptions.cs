using System.CommandLine;

namespace Waybill.Bench.Scale;

/// <summary>An option for each input.</summary>
internal sealed class ScaleOptions
{
    private static readonly ScaleInputs Default = new();

    private readonly Option<double> _intake = Number("--intake-cpu", "Milliseconds of CPU for each notification in intake.", Default.Cpu.Intake);
    private readonly Option<double> _status = Number("--status-cpu", "The same in the status service.", Default.Cpu.Status);
    private readonly Option<double> _worker = Number("--worker-cpu", "The same in the worker.", Default.Cpu.Worker);
    private readonly Option<double> _overhead = Number("--cpu-overhead", "Times that CPU in a task, with TLS, collector and proxy.", Default.CpuOverhead);
    private readonly Option<double> _receiver = Number("--receiver", "Seconds that receivers take to answer.", Default.ReceiverSeconds);
    private readonly Option<double> _retries = Number("--retries", "Retries for each notification.", Default.Retries);
    private readonly Option<int> _seed = new("--seed") { Description = "Another course of chance.", DefaultValueFactory = _ => Default.Seed };

    public void AddTo(Command command)
    {
        Option[] options = [_intake, _status, _worker, _overhead, _receiver, _retries, _seed];

        foreach (var option in options)
        {
            command.Options.Add(option);
        }
    }

    public ScaleInputs Inputs(ParseResult parsed) => Default with
    {
        Cpu = new ServiceCpu(parsed.GetValue(_intake), parsed.GetValue(_status), parsed.GetValue(_worker)),
        CpuOverhead = parsed.GetValue(_overhead),
        ReceiverSeconds = parsed.GetValue(_receiver),
        Retries = parsed.GetValue(_retries),
        Seed = parsed.GetValue(_seed),
    };

    private static Option<double> Number(string name, string description, double standard)
    {
        var option = new Option<double>(name) { Description = description, DefaultValueFactory = _ => standard };

        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() < 0)
            {
                result.AddError($"{name} must not be negative.");
            }
        });

        return option;
    }
}
