using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Waybill.Client;

namespace Waybill.Cli.Input;

/// <summary>The fields of a notification besides its payload. What is allowed, intake says.</summary>
internal sealed class DraftOptions
{
    private readonly Option<string?> _method = new("--method", "-X") { Description = "POST by default." };

    private readonly Option<string[]> _headers = new("--header", "-H") { Description = "'Name: value'; may be given several times." };
    private readonly Option<string?> _correlationId = new("--correlation-id") { Description = "Echoed everywhere." };
    private readonly Option<int?> _timeout = new("--timeout") { Description = "Seconds for one attempt; 15 by default." };
    private readonly Option<DateTimeOffset?> _deliverAt = Times.ExactOption("--deliver-at", "When to deliver it; at once by default.");

    private readonly Option<int[]?> _retries = new("--retries")
    {
        Description = "Seconds between attempts, such as 5,30,120; 'none' for a single attempt.",
        CustomParser = Seconds,
    };

    public DraftOptions() => _headers.Validators.Add(result =>
    {
        foreach (var token in result.Tokens.Where(token => token.Value.IndexOf(':', StringComparison.Ordinal) < 1))
        {
            result.AddError($"--header must be 'Name: value', but is '{token.Value}'.");
        }
    });

    public void AddTo(Command command)
    {
        Option[] options = [_method, _headers, _correlationId, _timeout, _deliverAt, _retries];

        foreach (var option in options)
        {
            command.Options.Add(option);
        }
    }

    public NotificationDraft Draft(ParseResult parsed, string url) => new()
    {
        Url = url,
        Method = parsed.GetValue(_method),
        Headers = Headers(parsed.GetValue(_headers) ?? []),
        CorrelationId = parsed.GetValue(_correlationId),
        TimeoutSeconds = parsed.GetValue(_timeout),
        DeliverAt = parsed.GetValue(_deliverAt),
        // An option that is left out has an empty array for its value, which would mean a single attempt.
        RetrySchedule = parsed.GetResult(_retries) is null ? null : parsed.GetValue(_retries),
    };

    private static Dictionary<string, string>? Headers(string[] lines)
    {
        var headers = new Dictionary<string, string>();

        foreach (var line in lines)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }

        return headers.Count == 0 ? null : headers;
    }

    private static int[]? Seconds(ArgumentResult result)
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
