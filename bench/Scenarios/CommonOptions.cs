using System.CommandLine;

namespace Waybill.Bench.Scenarios;

/// <summary>Options that every scenario has. The defaults are those of <c>dotnet run --project src/AppHost</c>.</summary>
internal sealed class CommonOptions
{
    private readonly Option<Uri> _intake = Address("--intake", "The intake API.", "http://localhost:5101");
    private readonly Option<Uri> _status = Address("--status", "The status API.", "http://localhost:5102");

    private readonly Option<Uri> _receiver = Address(
        "--receiver",
        "Where the bench itself listens for deliveries, an address that the worker may call; port 0 is any free one.",
        "http://127.0.0.1:0");

    private readonly Option<string> _key = new("--key")
    {
        Description = "The API key.",
        DefaultValueFactory = _ => "waybill-local-key",
    };

    private readonly Option<int> _deadline = new("--deadline")
    {
        Description = "Seconds to wait for deliveries that are missing.",
        DefaultValueFactory = _ => 120,
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print the figures as JSON.",
    };

    public void AddTo(Command command)
    {
        Option[] options = [_intake, _status, _receiver, _key, _deadline, _json];

        foreach (var option in options)
        {
            command.Options.Add(option);
        }
    }

    public Target Target(ParseResult parsed) => new(
        parsed.GetValue(_intake)!,
        parsed.GetValue(_status)!,
        parsed.GetValue(_receiver)!,
        parsed.GetValue(_key)!,
        TimeSpan.FromSeconds(parsed.GetValue(_deadline)));

    public bool AsJson(ParseResult parsed) => parsed.GetValue(_json);

    private static Option<Uri> Address(string name, string description, string standard) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => new Uri(standard),
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            {
                return address;
            }

            result.AddError($"{name} must be an http or https address, such as {standard}.");
            return null;
        },
    };
}

/// <summary>The Waybill that is measured.</summary>
/// <param name="Receiver">Where the bench's own receiver listens.</param>
/// <param name="Deadline">How long to wait for what is missing.</param>
internal sealed record Target(Uri Intake, Uri Status, Uri Receiver, string Key, TimeSpan Deadline);
