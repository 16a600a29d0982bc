using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Waybill.StatusService.Store.Recent;

/// <summary>Where a list goes on, and where it ends: opaque to clients, and good for as long as they like.</summary>
/// <param name="From">The oldest millisecond of creation, since 1970, that is listed.</param>
/// <param name="To">The first that is not any more.</param>
internal sealed record WalkCursor(WalkStep Step, long From, long To, RecentPosition Position)
{
    private const int MaxLength = 128;

    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>
    /// What came at this time or later has been seen, but for some of its own millisecond. A step through the older hours comes after another one through the whole
    /// window, for what that index does not have: there is nothing left to reach.
    /// </summary>
    public DateTimeOffset Reached => DateTimeOffset.FromUnixTimeMilliseconds(Step == WalkStep.Older ? From : Math.Max(Position.Milliseconds, From));

    /// <summary>Nothing comes in this step any more.</summary>
    public bool IsAtEnd => Position.Newest < From;

    public bool IsInWindow(DateTimeOffset createdAt) => createdAt.ToUnixTimeMilliseconds() is var created && created >= From && created < To;

    /// <summary>Where nothing comes in this step any more.</summary>
    public WalkCursor AtEnd() => this with { Position = RecentPosition.Before(From) };

    /// <summary>Through all records it says no more than before there were other ways.</summary>
    public string Text() => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(Step == WalkStep.Recent
        ? string.Create(CultureInfo.InvariantCulture, $"{From}.{Position.Milliseconds}.{Position.Tie}")
        : string.Create(CultureInfo.InvariantCulture, $"{(char)Step}.{From}.{To}.{Position.Milliseconds}.{Position.Tie}")));

    public static bool TryParse(string text, [NotNullWhen(true)] out WalkCursor? cursor)
    {
        cursor = Decode(text).Split('.') switch
        {
            [var from, var milliseconds, var tie] when IsTime(from, out var first) && IsTime(milliseconds, out var last) =>
                new WalkCursor(WalkStep.Recent, first, Latest, new RecentPosition(last, tie)),

            [[var letter], var from, var to, var milliseconds, var tie]
                when Enum.IsDefined((WalkStep)letter) && IsTime(from, out var first) && IsTime(to, out var end) && IsTime(milliseconds, out var last) =>
                new WalkCursor((WalkStep)letter, first, end, new RecentPosition(last, tie)),

            _ => null,
        };

        return cursor is { IsAtEnd: false };
    }

    private static string Decode(string text) =>
        text.Length <= MaxLength && Base64Url.IsValid(text) ? Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)) : "";

    private static bool IsTime(string text, out long milliseconds) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out milliseconds) && milliseconds <= Latest;
}
