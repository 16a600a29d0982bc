using System.Globalization;
using System.Net.Http.Headers;
using Waybill.Notifications.Delivery;

namespace Waybill.DeliveryWorker.Delivery;

/// <summary>
/// Reads the header of RFC 9110, section 10.2.3: seconds, or a date in any of HTTP's three formats. Fractions of a second, which the RFC does not
/// know, are rounded up: nothing is called earlier than it asked for.
/// </summary>
internal static class RetryAfter
{
    private static readonly int MostSeconds = (int)RetrySchedule.LongestDelay.TotalSeconds;

    /// <returns>The longest wait that is asked for; null for none or none that can be read.</returns>
    public static TimeSpan? Parse(IEnumerable<string> values, DateTimeOffset now)
    {
        TimeSpan? longest = null;

        foreach (var value in values)
        {
            if (Parse(value, now) is { } wait && (longest is null || wait > longest))
            {
                longest = wait;
            }
        }

        return longest;
    }

    /// <returns>Null for none or an unreadable one; never negative, at most <see cref="RetrySchedule.LongestDelay"/>.</returns>
    public static TimeSpan? Parse(string? value, DateTimeOffset now)
    {
        var text = value?.Trim() ?? "";

        if (Seconds(text) is { } seconds)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        return RetryConditionHeaderValue.TryParse(text, out var parsed) && parsed.Date is { } date ? Bound(date - now) : null;
    }

    /// <summary>Digits, and perhaps a point and more digits; of any length, as one too long for a number is longer than any wait.</summary>
    private static int? Seconds(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? "0" : text[(point + 1)..];

        if (!AreDigits(whole) || !AreDigits(fraction))
        {
            return null;
        }

        var isNumber = int.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        var seconds = isNumber ? Math.Min(number, MostSeconds) : MostSeconds;
        var begun = fraction.AsSpan().ContainsAnyExcept('0') ? 1 : 0;
        return Math.Min(seconds + begun, MostSeconds);
    }

    private static bool AreDigits(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    private static TimeSpan Bound(TimeSpan wait) =>
        TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, RetrySchedule.LongestDelay.Ticks));
}
