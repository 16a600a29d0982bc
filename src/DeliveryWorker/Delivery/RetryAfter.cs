using System.Globalization;
using System.Net.Http.Headers;
using Waybill.Notifications.Delivery;

namespace Waybill.DeliveryWorker.Delivery;

/// <summary>Reads the header of RFC 9110, section 10.2.3: seconds, or a date in any of HTTP's three formats.</summary>
internal static class RetryAfter
{
    /// <returns>Null for none or an unreadable one; never negative, at most <see cref="RetrySchedule.LongestDelay"/>.</returns>
    public static TimeSpan? Parse(string? value, DateTimeOffset now)
    {
        var text = value?.Trim() ?? "";

        if (text.Length > 0 && text.All(char.IsAsciiDigit))
        {
            return Bound(Seconds(text));
        }

        return RetryConditionHeaderValue.TryParse(text, out var parsed) && parsed.Date is { } date ? Bound(date - now) : null;
    }

    /// <summary>A number too long for the type is longer than any wait.</summary>
    private static TimeSpan Seconds(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;

    private static TimeSpan Bound(TimeSpan wait) =>
        TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, RetrySchedule.LongestDelay.Ticks));
}
