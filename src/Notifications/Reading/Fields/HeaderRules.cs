using System.Buffers;

namespace Waybill.Notifications.Reading.Fields;

/// <summary>Which headers a client may set on the call to the receiver (RFC 9110, sections 5.1, 5.5 and 7.6.1).</summary>
public static class HeaderRules
{
    public const int MaxNameLength = 128;
    public const int MaxValueLength = 4096;

    public static readonly string NameAllowed =
        $"must have a name of 1 to {MaxNameLength} letters, digits or any of !#$%&'*+-.^_`|~";

    private static readonly string ValueAllowed =
        $"must be a text of at most {MaxValueLength} visible ASCII characters, spaces and tabs; no line breaks.";

    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private const string OfTheConnection = "is not allowed: it belongs to one connection, which Waybill manages.";
    private const string OfTheTrace = "is not allowed: Waybill sends the trace context of each attempt itself.";

    private static readonly Dictionary<string, string> RefusedNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Connection"] = OfTheConnection,
        ["Keep-Alive"] = OfTheConnection,
        ["TE"] = OfTheConnection,
        ["Trailer"] = OfTheConnection,
        ["Transfer-Encoding"] = OfTheConnection,
        ["Upgrade"] = OfTheConnection,
        ["Expect"] = OfTheConnection,
        ["Host"] = "is not allowed: it is taken from url.",
        ["Content-Length"] = "is not allowed: it is computed from the payload.",
        ["Content-Type"] = "is not allowed here: use the field contentType.",
        ["traceparent"] = OfTheTrace,
        ["tracestate"] = OfTheTrace,
    };

    private static readonly Dictionary<string, string> RefusedPrefixes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Proxy-"] = OfTheConnection,
        ["webhook-"] = "is not allowed: names that start with webhook- belong to the signature.",
    };

    /// <returns>Null when the name is allowed.</returns>
    public static string? WhyNotName(string name)
    {
        if (name.Length is 0 or > MaxNameLength || name.AsSpan().ContainsAnyExcept(Token))
        {
            return NameAllowed;
        }

        return RefusedNames.GetValueOrDefault(name)
            ?? RefusedPrefixes.FirstOrDefault(prefix => name.StartsWith(prefix.Key, StringComparison.OrdinalIgnoreCase)).Value;
    }

    /// <param name="value">Null when it is not a text.</param>
    /// <returns>Null when the value is allowed.</returns>
    public static string? WhyNotValue(string? value)
    {
        var isAllowed = value is not null && value.Length <= MaxValueLength && value.All(character => character is '\t' or (>= ' ' and <= '~'));
        return isAllowed ? null : ValueAllowed;
    }
}
