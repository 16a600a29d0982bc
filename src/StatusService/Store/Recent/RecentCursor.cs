using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Waybill.StatusService.Store.Recent;

/// <summary>Where a list goes on, and where it ends: opaque to clients, and good for as long as they like.</summary>
/// <param name="From">The oldest millisecond, since 1970, that is listed.</param>
internal sealed record RecentCursor(RecentPosition Position, long From)
{
    private const int MaxLength = 128;

    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The start of a walk through a window, from its end to its beginning.</summary>
    public static RecentCursor Of(DateTimeOffset from, DateTimeOffset to) =>
        new(RecentPosition.Before(to.ToUnixTimeMilliseconds()), from.ToUnixTimeMilliseconds());

    /// <summary>What was created at this time or later has been seen, but for some of its own millisecond.</summary>
    public DateTimeOffset Reached => DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(Position.Milliseconds, From));

    public bool IsAtEnd => Position.Newest < From;

    public string Text() => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{From}.{Position.Milliseconds}.{Position.Tie}")));

    public static bool TryParse(string text, [NotNullWhen(true)] out RecentCursor? cursor)
    {
        cursor = Decode(text).Split('.') is [var from, var milliseconds, var tie]
            && IsTime(from, out var first)
            && IsTime(milliseconds, out var last)
            ? new RecentCursor(new RecentPosition(last, tie), first)
            : null;

        return cursor is { IsAtEnd: false };
    }

    private static string Decode(string text) =>
        text.Length <= MaxLength && Base64Url.IsValid(text) ? Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)) : "";

    private static bool IsTime(string text, out long milliseconds) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out milliseconds) && milliseconds <= Latest;
}
