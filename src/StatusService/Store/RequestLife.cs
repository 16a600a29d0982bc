using Waybill.Notifications.Delivery;

namespace Waybill.StatusService.Store;

/// <summary>How long a request item is kept: past the end of any delivery of it, and then as long as its record.</summary>
internal static class RequestLife
{
    /// <param name="start">When the delivery begins.</param>
    public static DateTimeOffset From(DateTimeOffset start, TableOptions options) => start + DeliveryBounds.LongestLife + Retention(options);

    /// <summary>Whether one more delivery that starts now, by its longest schedule, ends within it, with its record's retention.</summary>
    public static bool Covers(DateTimeOffset expiresAt, DateTimeOffset now, TableOptions options) =>
        expiresAt >= now + (DeliveryBounds.LongestLife / 2) + Retention(options);

    private static TimeSpan Retention(TableOptions options) => TimeSpan.FromDays(options.RetentionDays);
}
