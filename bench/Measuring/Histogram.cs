using System.Numerics;

namespace Waybill.Bench.Measuring;

/// <summary>
/// Counts durations in microseconds over a high dynamic range: exactly up to 255 µs, and from there in buckets of 1/128 of their
/// own power of two. What it tells is the middle of a bucket, so a figure is wrong by 0.4 % at most, whether it is 1 ms or an hour.
/// </summary>
internal sealed class Histogram
{
    private const int SubBucketBits = 7;
    private const int SubBuckets = 1 << SubBucketBits;

    /// <summary>Enough for 2^48 µs, nine years.</summary>
    private readonly long[] _counts = new long[(48 - SubBucketBits + 1) * SubBuckets];

    private long _longest;

    public long Count { get; private set; }

    /// <param name="microseconds">Negative counts as 0.</param>
    public void Add(long microseconds)
    {
        var value = Math.Max(0, microseconds);

        _counts[Bucket(value)]++;
        _longest = Math.Max(_longest, value);
        Count++;
    }

    /// <summary>The value, in microseconds, that this share of all does not exceed, by the nearest rank; 0 when there are none.</summary>
    /// <param name="share">From 0 to 1; 1 gives the longest, exactly.</param>
    public double At(double share)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        var seen = 0L;

        if (rank >= Count)
        {
            return _longest;
        }

        for (var bucket = 0; ; bucket++)
        {
            seen += _counts[bucket];

            if (seen >= rank)
            {
                return Math.Min(_longest, Middle(bucket));
            }
        }
    }

    /// <summary>Below 2 × SubBuckets a bucket for each value; above, the highest 8 bits of a value name its bucket.</summary>
    private static int Bucket(long value)
    {
        var shift = Math.Max(0, BitOperations.Log2((ulong)value | 1) - SubBucketBits);
        return (int)((shift << SubBucketBits) + (value >> shift));
    }

    private static double Middle(int bucket)
    {
        if (bucket < 2 * SubBuckets)
        {
            return bucket;
        }

        var shift = (bucket >> SubBucketBits) - 1;
        var first = (long)(bucket - (shift << SubBucketBits)) << shift;
        return first + ((1L << shift) - 1) / 2.0;
    }
}
