using System.CommandLine;
using Waybill.Bench.Systems;

namespace Waybill.Bench.Running;

/// <summary>Which DynamoDB and SQS.</summary>
internal sealed class BackendOptions
{
    private readonly Option<bool> _light = new("--light")
    {
        Description = "Instead of the emulators, which eat most of two cores, a backend in memory that takes next to no CPU: what is measured is Waybill.",
    };

    private readonly Option<double> _latency = new("--latency")
    {
        Description = "Milliseconds that each call to the light backend takes longer; 0 by default.",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_light);
        command.Options.Add(_latency);
    }

    public BackendChoice Choice(ParseResult parsed) => new(parsed.GetValue(_light), parsed.GetValue(_latency));
}
