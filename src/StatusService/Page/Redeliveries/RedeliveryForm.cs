using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Redeliveries;

namespace Waybill.StatusService.Page.Redeliveries;

/// <summary>What an operator fills in: a window of time, and maybe one host or one kind of failure.</summary>
/// <param name="From">Created at this time or later; at most 366 days before <paramref name="To"/>.</param>
/// <param name="To">Created before this time; not in the future.</param>
/// <param name="Host">With its port or without; null for all.</param>
/// <param name="Category">Null for all.</param>
internal sealed record RedeliveryForm(DateTimeOffset From, DateTimeOffset To, string? Host, DeliveryCategory? Category)
{
    /// <summary>Redeliveries a second, as with intake's API when nothing is said.</summary>
    public const int RatePerSecond = 50;

    private const int MaxHostLength = 261;
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(366);

    /// <summary>How far the clock of a browser may be ahead.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    public RedeliveryFilter Filter => new(From.ToUniversalTime(), To.ToUniversalTime(), Host?.ToLowerInvariant(), Category);

    public Dictionary<string, string[]> Errors(DateTimeOffset now)
    {
        var errors = new Dictionary<string, string[]>();

        if (To > now + Tolerance)
        {
            errors["until"] = ["must not be in the future."];
        }

        if (From < DateTimeOffset.UnixEpoch || From >= To || To - From > LongestWindow)
        {
            errors["from"] = [$"must be before 'until', and at most {LongestWindow.Days} days before it."];
        }

        if (Host is { Length: 0 or > MaxHostLength } || Host?.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || letter is '/' or '@') == true)
        {
            errors["host"] = ["must be a host such as example.com or example.com:8443."];
        }

        if (Category is { } category && !category.IsKnown())
        {
            errors["category"] = [$"must be one of {string.Join(", ", Vocabulary.Texts<DeliveryCategory>())}."];
        }

        return errors;
    }
}
