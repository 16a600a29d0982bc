using System.CommandLine;
using System.Globalization;
using Waybill.Notifications.Json;

namespace Waybill.Cli.Input;

/// <summary>Points in time as people give them: RFC 3339, or how long ago (<c>90s</c>, <c>15m</c>, <c>2h</c>, <c>3d</c>).</summary>
internal static class Times
{
    public const string Allowed = "RFC 3339, such as 2026-11-20T19:31:14Z, or how long ago, such as 90s, 15m, 2h or 3d";

    private const string Ahead = "RFC 3339, such as 2026-11-20T19:31:14Z, or how long from now, such as 90s, 15m, 2h or 3d";

    private const string Length = "a length, such as 90s, 15m, 2h or 3d";

    private const string Exact = "RFC 3339, such as 2026-11-20T19:31:14Z";

    public static Option<DateTimeOffset?> Option(string name, string description) =>
        Option<DateTimeOffset>(name, description, Allowed, text => Parse(text, DateTimeOffset.UtcNow));

    /// <summary>For a time that may lie ahead.</summary>
    public static Option<DateTimeOffset?> ExactOption(string name, string description) =>
        Option<DateTimeOffset>(name, description, Exact, text => Rfc3339.TryParse(text, out var time) ? time : null);

    /// <summary>For a time that lies ahead, which may be said by how far.</summary>
    public static Option<DateTimeOffset?> AheadOption(string name, string description) =>
        Option<DateTimeOffset>(name, description, Ahead, text => Span(text) is { } ahead ? DateTimeOffset.UtcNow + ahead : Rfc3339.TryParse(text, out var time) ? time : null);

    /// <summary>For how long something lasts.</summary>
    public static Option<TimeSpan?> LengthOption(string name, string description) => Option<TimeSpan>(name, description, Length, Span);

    /// <returns>Null when it is neither.</returns>
    public static DateTimeOffset? Parse(string text, DateTimeOffset now)
    {
        if (Span(text) is { } ago)
        {
            return now - ago;
        }

        return Rfc3339.TryParse(text, out var time) ? time : null;
    }

    private static Option<T?> Option<T>(string name, string description, string allowed, Func<string, T?> parse)
        where T : struct
    {
        return new Option<T?>(name)
        {
            Description = $"{description} {allowed}.",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;

                if (parse(text) is { } given)
                {
                    return given;
                }

                result.AddError($"{name} must be {allowed}, but is '{text}'.");
                return null;
            },
        };
    }

    private static TimeSpan? Span(string text)
    {
        if (text.Length < 2 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 100_000)
        {
            return null;
        }

        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => null,
        };
    }
}
