using System.CommandLine;
using System.CommandLine.Parsing;
using Waybill.Client;

namespace Waybill.Cli.Input;

/// <summary>The fields of an endpoint besides its URL. What is allowed, intake says.</summary>
internal sealed class EndpointOptions
{
    private readonly Option<string[]> _types;
    private readonly Option<string?> _description = new("--description") { Description = "For people." };
    private readonly Option<string[]> _headers = HeaderLines.Option();
    private readonly Option<int?> _timeout = new("--timeout") { Description = "Seconds for one attempt; 15 by default." };
    private readonly Option<int[]?> _retries = Retries.Option();
    private readonly Option<int?> _most = new("--max-per-second") { Description = "Calls a second, at most, over all workers: 1 to 1000. As many as it takes by default." };

    /// <param name="typesRequired">They have no default.</param>
    public EndpointOptions(bool typesRequired) => _types = new Option<string[]>("--type")
    {
        Description = "Which events it gets: order.paid, 'order.*' for all below, or '*' for all; may be given several times.",
        Required = typesRequired,
    };

    public void AddTo(Command command)
    {
        Option[] options = [_types, _description, _headers, _timeout, _retries, _most];

        foreach (var option in options)
        {
            command.Options.Add(option);
        }
    }

    public EndpointDraft Draft(ParseResult parsed, string url) => new()
    {
        Url = url,
        Types = parsed.GetValue(_types)!,
        Description = parsed.GetValue(_description),
        Headers = HeaderLines.Read(parsed, _headers),
        TimeoutSeconds = parsed.GetValue(_timeout),
        RetrySchedule = Retries.Read(parsed, _retries),
        MaxPerSecond = parsed.GetValue(_most),
    };

    /// <summary>Of what is given; nothing else changes.</summary>
    public EndpointPatch Patch(ParseResult parsed, string? url, EndpointDefaults reset) => new()
    {
        Url = url,
        Types = parsed.GetResult(_types) is null ? null : parsed.GetValue(_types),
        Description = parsed.GetValue(_description),
        Headers = HeaderLines.Read(parsed, _headers),
        TimeoutSeconds = parsed.GetValue(_timeout),
        RetrySchedule = Retries.Read(parsed, _retries),
        MaxPerSecond = parsed.GetValue(_most),
        Reset = reset,
    };

    /// <summary>Those that have a default, as <c>--reset</c> names them.</summary>
    public IReadOnlyDictionary<string, EndpointDefaults> Defaults { get; } = new Dictionary<string, EndpointDefaults>
    {
        ["description"] = EndpointDefaults.Description,
        ["header"] = EndpointDefaults.Headers,
        ["timeout"] = EndpointDefaults.TimeoutSeconds,
        ["retries"] = EndpointDefaults.RetrySchedule,
        ["max-per-second"] = EndpointDefaults.MaxPerSecond,
    };

    public bool IsGiven(CommandResult result, string name)
    {
        Option[] options = [_description, _headers, _timeout, _retries, _most];
        return result.GetResult(options.Single(option => option.Name == $"--{name}")) is { Implicit: false };
    }
}
