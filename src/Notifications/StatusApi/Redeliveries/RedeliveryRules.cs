using System.Globalization;
using Waybill.Notifications.Records;
using Waybill.Notifications.Urls;

namespace Waybill.Notifications.StatusApi.Redeliveries;

/// <summary>What an operator may ask of a bulk redelivery: the same by intake's API and on the page.</summary>
public static class RedeliveryRules
{
    /// <summary>In Unicode code points.</summary>
    public const int MaxHostLength = 261;

    /// <summary>Redeliveries a second, at least.</summary>
    public const int MinRate = 1;

    /// <summary>Redeliveries a second, at most.</summary>
    public const int MaxRate = 1000;

    /// <summary>Redeliveries a second when nothing is said.</summary>
    public const int DefaultRate = 50;

    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(366);

    /// <summary>How far the clock of a client may be ahead.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    /// <summary>What can have failed: a success has not.</summary>
    public static IReadOnlyList<DeliveryCategory> Categories { get; } = [.. DeliveryCategory.Known.Where(category => category != DeliveryCategory.Success)];

    /// <summary>Given in a message: completes "must be …".</summary>
    public static string AllowedCategories { get; } = $"one of {string.Join(", ", Categories.Select(category => category.Text()))}";

    /// <param name="start">What the caller calls the window's start, in the errors.</param>
    /// <param name="end">What the caller calls its end.</param>
    /// <param name="from">Null for one that is wrong already, as <paramref name="to"/>.</param>
    /// <param name="wrong">Is told the name of each end that is wrong, and what is allowed.</param>
    public static void CheckWindow(string start, string end, DateTimeOffset? from, DateTimeOffset? to, DateTimeOffset now, Action<string, string> wrong)
    {
        foreach (var (name, time) in new[] { (start, from), (end, to) })
        {
            if (time < DateTimeOffset.UnixEpoch)
            {
                wrong(name, "must be after 1970.");
            }
        }

        if (to > now + Tolerance)
        {
            wrong(end, "must not be in the future.");
        }

        if (from >= to || to - from > LongestWindow)
        {
            wrong(start, string.Create(CultureInfo.InvariantCulture, $"must be before '{end}', and at most {LongestWindow.Days} days before it."));
        }
    }

    /// <param name="text">In any spelling, with its port or without.</param>
    /// <param name="why">What is wrong with it, as a sentence.</param>
    /// <returns>As records have it; null when it is no host.</returns>
    public static string? Host(string text, out string? why)
    {
        why = string.Create(CultureInfo.InvariantCulture, $"must have at most {MaxHostLength} characters.");
        return text.EnumerateRunes().Count() > MaxHostLength ? null : HostAndPort.Normalize(text, out why);
    }
}
