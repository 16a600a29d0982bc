using System.CommandLine;
using Waybill.Bench.Scenarios;
using Waybill.Bench.Storing;

namespace Waybill.Bench.Running;

/// <summary>Options that replace a scenario's numbers.</summary>
internal sealed class ScenarioOptions
{
    private readonly Scenario _scenario;
    private readonly Option<int> _count;
    private readonly Option<double?> _rate;
    private readonly Option<int> _bytes;
    private readonly Option<int> _warmUp;
    private readonly Option<int> _connections;
    private readonly Option<int> _workers;
    private readonly Option<int> _deadline;
    private readonly Option<int> _repeat;
    private readonly Option<int> _stored;
    private readonly BackendOptions _backend = new();
    private readonly SettingsOption _set = new();
    private readonly Option<DirectoryInfo> _output = OutputOption.Create("the JSON and the chart");

    public ScenarioOptions(Scenario scenario)
    {
        _scenario = scenario;
        _count = Number("--count", "Notifications that are measured.", scenario.Count);
        _bytes = Number("--bytes", "Size of each JSON payload.", scenario.PayloadBytes);
        _warmUp = Number("--warm-up", "Notifications beforehand, all at once, not measured; 0 shows a cold start.", scenario.WarmUp);
        _connections = Number("--connections", "Posts under way at a time; intake refuses more than 256.", scenario.Connections);
        _workers = Number("--workers", "Delivery workers, each a process.", scenario.Workers);
        _deadline = Number("--deadline", "Seconds to wait for what is not final.", scenario.Deadline);
        _repeat = Number("--repeat", "Runs, each on a fresh Waybill.", 1);
        _stored = Number("--stored", $"Notifications stored before, delivered and failed ones; {StoredSet.Fewest} at least, with --light alone.", scenario.Stored);

        _stored.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is > 0 and < StoredSet.Fewest)
            {
                result.AddError($"--stored must be {StoredSet.Fewest} at least.");
            }
        });

        _rate = new Option<double?>("--rate")
        {
            Description = "Posts per second; 0: all at once.",
            DefaultValueFactory = _ => scenario.PerSecond ?? 0,
        };
    }

    public void AddTo(Command command)
    {
        Option[] options = [_count, _rate, _bytes, _warmUp, _connections, _workers, _deadline, _repeat, _stored, _output];

        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        _set.AddTo(command);
        _backend.AddTo(command);
    }

    public Plan Plan(ParseResult parsed)
    {
        var scenario = _scenario with
        {
            Count = parsed.GetValue(_count),
            PerSecond = parsed.GetValue(_rate) is > 0 and var rate ? rate : null,
            PayloadBytes = parsed.GetValue(_bytes),
            WarmUp = parsed.GetValue(_warmUp),
            Connections = parsed.GetValue(_connections),
            Workers = parsed.GetValue(_workers),
            Deadline = parsed.GetValue(_deadline),
            Stored = parsed.GetValue(_stored),
            Backend = _backend.Choice(parsed),
            Settings = _set.Over(_scenario.Settings, parsed),
        };

        return new Plan(scenario, parsed.GetValue(_repeat), parsed.GetValue(_output)!);
    }

    private static Option<int> Number(string name, string description, int standard)
    {
        var option = new Option<int>(name)
        {
            Description = description,
            DefaultValueFactory = _ => standard,
        };

        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 0)
            {
                result.AddError($"{name} must not be negative.");
            }
        });

        return option;
    }
}
