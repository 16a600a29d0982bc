using System.Globalization;

namespace Waybill.StatusService.Store.Partitions;

/// <summary>A partition of an index by time: those records of one owner that belong to one hour, or of a busy owner a part of them.</summary>
/// <param name="Hour">Its start, UTC.</param>
/// <param name="Shard">From 0.</param>
internal sealed record IndexPartition(DateTimeOffset Hour, int Shard, string Owner)
{
    private const string HourFormat = "yyyyMMddHH";

    /// <summary>As it is stored, such as <c>2026112019-3 alice</c>: partitions in the order of their hours.</summary>
    public string Key { get; } = string.Create(CultureInfo.InvariantCulture, $"{Hour.UtcDateTime.ToString(HourFormat, CultureInfo.InvariantCulture)}-{Shard} {Owner}");

    /// <summary>Not after any partition of an hour.</summary>
    public static string First(DateTimeOffset time) => time.UtcDateTime.ToString(HourFormat, CultureInfo.InvariantCulture);

    /// <summary>Not before any partition of an hour.</summary>
    public static string Last(DateTimeOffset time) => First(time) + "~";

    /// <exception cref="FormatException">It is none.</exception>
    public static IndexPartition Of(string key) =>
        key.IndexOf(' ', StringComparison.Ordinal) is var space and > 0
        && key[..space].Split('-') is [var hour, var shard]
        && DateTimeOffset.TryParseExact(hour, HourFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start)
        && int.TryParse(shard, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new IndexPartition(start, number, key[(space + 1)..])
            : throw new FormatException($"'{key}' is no partition of an index.");

    /// <summary>The start of the hour that a time lies in.</summary>
    public static DateTimeOffset HourOf(DateTimeOffset time) => new(time.UtcDateTime.Date.AddHours(time.UtcDateTime.Hour), TimeSpan.Zero);
}
