using System.CommandLine;

namespace Waybill.Cli.Input;

/// <summary>Headers as people give them: 'Name: value'.</summary>
internal static class HeaderLines
{
    public static Option<string[]> Option()
    {
        var option = new Option<string[]>("--header", "-H") { Description = "'Name: value'; may be given several times." };

        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf(':', StringComparison.Ordinal) < 1))
            {
                result.AddError($"--header must be 'Name: value', but is '{token.Value}'.");
            }
        });

        return option;
    }

    /// <returns>Null for none.</returns>
    public static Dictionary<string, string>? Read(ParseResult parsed, Option<string[]> option)
    {
        var headers = new Dictionary<string, string>();

        foreach (var line in parsed.GetValue(option) ?? [])
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }

        return headers.Count == 0 ? null : headers;
    }
}
