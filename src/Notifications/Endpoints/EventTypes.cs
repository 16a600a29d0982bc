using System.Buffers;

namespace Waybill.Notifications.Endpoints;

/// <summary>Types of events, such as <c>order.paid</c>, and patterns of them: a type, <c>order.*</c> or <c>*</c>.</summary>
public static class EventTypes
{
    public const int MaxLength = 128;

    /// <summary>Completes "must be …".</summary>
    public const string Allowed = "segments of letters, digits, '_' and '-' joined by dots, such as order.paid, at most 128 characters";

    /// <summary>Completes "must be …".</summary>
    public const string PatternAllowed = "an event type such as order.paid, all below one such as order.*, or * for all; at most 128 characters";

    private const string All = "*";
    private const string AllBelow = ".*";

    private static readonly SearchValues<char> Characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    public static bool IsType(string text)
    {
        if (text.Length is 0 or > MaxLength)
        {
            return false;
        }

        foreach (var segment in text.AsSpan().Split('.'))
        {
            var characters = text.AsSpan()[segment];

            if (characters.IsEmpty || characters.ContainsAnyExcept(Characters))
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsPattern(string text) =>
        text == All
        || (text.Length <= MaxLength && text.EndsWith(AllBelow, StringComparison.Ordinal) && IsType(text[..^AllBelow.Length]))
        || IsType(text);

    /// <param name="pattern">One that <see cref="IsPattern"/>.</param>
    /// <remarks><c>user.*</c> takes one or more further segments, and not <c>user</c> itself. Upper and lower case differ.</remarks>
    public static bool Matches(string pattern, string type) =>
        pattern == All
        || pattern == type
        || (pattern.EndsWith(AllBelow, StringComparison.Ordinal) && type.StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal));
}
