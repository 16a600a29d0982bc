using System.Globalization;

namespace Waybill.StatusService.Counters;

/// <summary>
/// Durations, counted in buckets each of which reaches a sixth further than the one before: any share of them is known within 8 %, however
/// many there are, and what was counted apart can be added up.
/// </summary>
internal sealed class LatencyHistogram
{
    private const double Growth = 1.16;

    /// <summary>Everything below a millisecond is in the first bucket, and 30 years in the last.</summary>
    private const int Buckets = 190;

    private static readonly double LogGrowth = Math.Log(Growth);

    private readonly SortedDictionary<int, long> _counts = [];

    public long Count { get; private set; }

    /// <param name="milliseconds">Negative, from clocks that differ, counts as none.</param>
    public void Add(double milliseconds) => Add(Bucket(milliseconds), 1);

    public void Add(LatencyHistogram other)
    {
        foreach (var (bucket, count) in other._counts)
        {
            Add(bucket, count);
        }
    }

    /// <param name="share">From 0 to 1; 0.99 for what 99 of 100 took at most.</param>
    /// <returns>Milliseconds, within 8 %; null where nothing was counted.</returns>
    public double? Percentile(double share)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(share * Count));

        foreach (var (bucket, count) in _counts)
        {
            rank -= count;

            if (rank <= 0)
            {
                return bucket == 0 ? 1 : Math.Pow(Growth, bucket - 0.5);
            }
        }

        return null;
    }

    /// <summary>As it is stored: each bucket with its count, such as <c>12:5 13:7</c>.</summary>
    public string Text() => string.Join(' ', _counts.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}:{pair.Value}")));

    /// <exception cref="FormatException">It is none.</exception>
    public static LatencyHistogram Of(string text)
    {
        var histogram = new LatencyHistogram();

        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split(':') is not [var bucket, var count]
                || !int.TryParse(bucket, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                || index >= Buckets
                || !long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                throw new FormatException($"'{part}' is no bucket with its count.");
            }

            histogram.Add(index, number);
        }

        return histogram;
    }

    private static int Bucket(double milliseconds) =>
        milliseconds < 1 ? 0 : Math.Min(Buckets - 1, 1 + (int)(Math.Log(milliseconds) / LogGrowth));

    private void Add(int bucket, long count)
    {
        _counts[bucket] = _counts.GetValueOrDefault(bucket) + count;
        Count += count;
    }
}
