using System.CommandLine;

namespace Waybill.Bench.Running;

/// <summary>Settings of the services under test, as environment variables.</summary>
internal sealed class SettingsOption
{
    private readonly Option<string[]> _set = new("--set")
    {
        Description = "A setting or an environment variable of all services, such as Delivery__Concurrency=128; may be given several times.",
        DefaultValueFactory = _ => [],
    };

    public SettingsOption() => _set.Validators.Add(result =>
    {
        if (result.Tokens.FirstOrDefault(token => !token.Value.Contains('=', StringComparison.Ordinal)) is { } wrong)
        {
            result.AddError($"--set {wrong.Value}: write NAME=VALUE.");
        }
    });

    public void AddTo(Command command) => command.Options.Add(_set);

    /// <param name="standard">What goes before: the command line's stand beside them.</param>
    public IReadOnlyDictionary<string, string> Over(IReadOnlyDictionary<string, string> standard, ParseResult parsed) =>
        new Dictionary<string, string>([.. standard, .. parsed.GetValue(_set)!.Select(Setting)]);

    private static KeyValuePair<string, string> Setting(string text)
    {
        var parts = text.Split('=', 2);
        return new(parts[0], parts[1]);
    }
}
