namespace Waybill.StatusService.Counters;

/// <summary>
/// What was counted in a window of time: by minutes where it is short, and else by hours with minutes at its two ends, as long as there are any.
/// Its start is taken back to that of the piece that it lies in.
/// </summary>
internal sealed class WindowCounts(CounterReader reader, TimeProvider time)
{
    private static readonly TimeSpan LongestOfMinutes = TimeSpan.FromHours(6);

    /// <param name="owner">Null for all owners' together.</param>
    public async Task<CountedWindow> ReadAsync(string? owner, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var minute = CounterPeriod.Minute;
        var hour = CounterPeriod.Hour;
        var firstMinute = minute.StartOf(from);
        var hasMinutes = firstMinute > time.GetUtcNow() - minute.Kept;

        if (to - from <= LongestOfMinutes && hasMinutes)
        {
            return new CountedWindow(minute.Length, [await reader.ReadAsync(owner, minute, firstMinute, to, cancellationToken)]);
        }

        var firstHour = hasMinutes && hour.StartOf(from) < from ? hour.StartOf(from) + hour.Length : hour.StartOf(from);
        var lastHour = hour.StartOf(to) > time.GetUtcNow() - minute.Kept ? hour.StartOf(to) : to;

        return new CountedWindow(hour.Length, await Task.WhenAll(
            reader.ReadAsync(owner, minute, firstMinute, hasMinutes ? firstHour : firstMinute, cancellationToken),
            reader.ReadAsync(owner, hour, firstHour, lastHour, cancellationToken),
            reader.ReadAsync(owner, minute, lastHour, to, cancellationToken)));
    }
}

/// <summary>The pieces of a window in which something happened.</summary>
/// <param name="pieceLength">Of the longest of them.</param>
internal sealed class CountedWindow(TimeSpan pieceLength, IReadOnlyList<IReadOnlyDictionary<DateTimeOffset, Tally>> parts)
{
    public TimeSpan PieceLength => pieceLength;

    /// <summary>By their starts.</summary>
    public IEnumerable<KeyValuePair<DateTimeOffset, Tally>> Pieces { get; } = parts.SelectMany(part => part);

    public Tally Total { get; } = Tally.Sum(parts.SelectMany(part => part.Values));
}
