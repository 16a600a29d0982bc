using System.CommandLine;
using System.CommandLine.Parsing;
using Waybill.Client;

namespace Waybill.Cli;

/// <summary>
/// Where Waybill is, for every command; from the command line, else the environment, else as
/// <c>dotnet run --project src/AppHost</c> sets it up. The key has no place on a command line, where others may read it.
/// </summary>
internal sealed class ConnectionOptions
{
    private const string KeyVariable = "WAYBILL_API_KEY";
    private const string LocalKey = "waybill-local-key";

    private readonly Option<Uri> _intake = Address("--intake", "WAYBILL_INTAKE_URL", "http://localhost:5101", "The intake API.");
    private readonly Option<Uri> _status = Address("--status-url", "WAYBILL_STATUS_URL", "http://localhost:5102", "The status API.");

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print JSON; of several things one line each.",
        Recursive = true,
    };

    public void AddTo(Command root)
    {
        root.Options.Add(_intake);
        root.Options.Add(_status);
        root.Options.Add(_json);
        root.Description += $" The API key is taken from {KeyVariable}.";
    }

    public bool AsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <param name="retrying">Is told of each call that is made again.</param>
    public WaybillClient Client(ParseResult parsed, HttpClient http, Action<RetryNotice> retrying)
    {
        var options = new WaybillClientOptions
        {
            IntakeUrl = parsed.GetValue(_intake)!,
            StatusUrl = parsed.GetValue(_status)!,
            ApiKey = Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key ? key : LocalKey,
        };

        try
        {
            return new WaybillClient(http, options) { Retrying = retrying };
        }
        catch (ArgumentException exception)
        {
            throw new InputException(exception.Message);
        }
    }

    private static Option<Uri> Address(string name, string variable, string standard, string description) => new(name)
    {
        Description = $"{description} Also {variable}; otherwise {standard}.",
        Recursive = true,
        DefaultValueFactory = result => Parse(Environment.GetEnvironmentVariable(variable) ?? standard, variable, result)!,
        CustomParser = result => Parse(result.Tokens[0].Value, name, result),
    };

    private static Uri? Parse(string text, string source, ArgumentResult result)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            return address;
        }

        result.AddError($"{source} must be an http or https address, but is '{text}'.");
        return null;
    }
}
