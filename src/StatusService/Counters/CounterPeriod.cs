using System.Globalization;

namespace Waybill.StatusService.Counters;

/// <summary>How long a piece of time is that has counts of its own.</summary>
/// <param name="Letter">In the sort key of its items.</param>
/// <param name="Kept">After its end.</param>
/// <param name="WrittenEvery">While something happens in it; so much of it is lost at most with a process that dies.</param>
internal sealed record CounterPeriod(char Letter, TimeSpan Length, TimeSpan Kept, TimeSpan WrittenEvery, string Format)
{
    public static CounterPeriod Minute { get; } = new('m', TimeSpan.FromMinutes(1), TimeSpan.FromDays(2), TimeSpan.FromSeconds(5), "yyyyMMddHHmm");

    public static CounterPeriod Hour { get; } = new('h', TimeSpan.FromHours(1), TimeSpan.FromDays(90), TimeSpan.FromMinutes(1), "yyyyMMddHH");

    public static IReadOnlyList<CounterPeriod> All { get; } = [Minute, Hour];

    /// <summary>The start of the piece that a time lies in.</summary>
    public DateTimeOffset StartOf(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % Length.Ticks), TimeSpan.Zero);

    /// <summary>In the order of time, and before those of every process.</summary>
    public string Text(DateTimeOffset start) => $"{Letter} {start.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture)}";

    /// <summary>Not before any piece that begins before a time.</summary>
    public string Last(DateTimeOffset end) => Text(end.AddTicks(-1)) + "~";

    /// <exception cref="FormatException">It is none of this length.</exception>
    public DateTimeOffset Parse(string sortKey) =>
        DateTimeOffset.ParseExact(sortKey.Split(' ').ElementAtOrDefault(1) ?? "", Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
