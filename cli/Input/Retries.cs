using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Waybill.Cli.Input;

/// <summary>Schedules of retries as people give them: seconds between commas, or 'none'.</summary>
internal static class Retries
{
    public static Option<int[]?> Option() => new("--retries")
    {
        Description = "Seconds between attempts, such as 5,30,120; 'none' for a single attempt.",
        CustomParser = Parse,
    };

    /// <returns>Null where it is left out: the option has an empty array for its value then, which would mean a single attempt.</returns>
    public static int[]? Read(ParseResult parsed, Option<int[]?> option) => parsed.GetResult(option) is null ? null : parsed.GetValue(option);

    private static int[]? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;

        if (text == "none")
        {
            return [];
        }

        var seconds = new List<int>();

        foreach (var part in text.Split(','))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                result.AddError($"--retries must be seconds between commas, such as 5,30,120, or 'none', but is '{text}'.");
                return null;
            }

            seconds.Add(number);
        }

        return [.. seconds];
    }
}
