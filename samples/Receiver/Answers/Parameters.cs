using System.Globalization;

namespace Waybill.Receiver.Answers;

/// <summary>Reads what the URL asks for from route and query, and keeps every fault with what would be allowed.</summary>
public sealed class Parameters(HttpRequest request)
{
    private readonly Dictionary<string, string[]> _errors = [];

    /// <summary>Fault by parameter name; empty when all is well.</summary>
    public IDictionary<string, string[]> Errors => _errors;

    public TimeSpan Milliseconds(string name, TimeSpan fallback) =>
        TimeSpan.FromMilliseconds(Number(name, (long)fallback.TotalMilliseconds, 0, Limits.LongestMilliseconds, "milliseconds"));

    /// <returns>The value of the parameter, or <paramref name="fallback"/> where it is absent or wrong.</returns>
    public long Number(string name, long fallback, long least, long most, string unit)
    {
        if (Value(name) is not { } text)
        {
            return fallback;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Refuse(name, $"must be a whole number from {least} to {most} ({unit}), but is '{text}'");
        return fallback;
    }

    public string? HeaderValue(string name)
    {
        if (Value(name) is not { } text)
        {
            return null;
        }

        if (IsHeaderValue(text))
        {
            return text;
        }

        Refuse(name, $"must be 1 to {Limits.LongestHeaderValue} visible ASCII characters or spaces");
        return null;
    }

    /// <summary>Checks a header for the answer. Those that frame the message are the server's business.</summary>
    public void CheckHeader(string parameter, string header, string value)
    {
        if (!IsHeaderName(header) || Limits.RefusedHeaders.Contains(header) || !IsHeaderValue(value))
        {
            Refuse(
                parameter,
                $"must be a header name (letters, digits, hyphens; none of {string.Join(", ", Limits.RefusedHeaders)}) " +
                $"with a value of 1 to {Limits.LongestHeaderValue} visible ASCII characters or spaces");
        }
    }

    /// <summary>A part of the path comes before a part of the query with the same name.</summary>
    private string? Value(string name) =>
        request.RouteValues.TryGetValue(name, out var routed) ? routed?.ToString() : request.Query[name].FirstOrDefault();

    private void Refuse(string name, string reason) => _errors[name] = [$"{name} {reason}."];

    private static bool IsHeaderName(string text) =>
        text.Length is > 0 and <= 100 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private static bool IsHeaderValue(string text) =>
        text.Length is > 0 and <= Limits.LongestHeaderValue && text.All(c => c is >= ' ' and <= '~');
}
