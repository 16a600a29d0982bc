using System.Diagnostics;

namespace Waybill.AppHost.Local;

internal static class Readings
{
    /// <summary>Of what is read again and again until it ends: goes on no longer than a person waits.</summary>
    /// <param name="first">As it was read before.</param>
    /// <returns>The last reading; the first where there is no other.</returns>
    public static async Task<T> LastWithinAsync<T>(this IAsyncEnumerable<T> readings, TimeSpan longest, T first)
    {
        var started = Stopwatch.GetTimestamp();
        var last = first;

        await foreach (var reading in readings)
        {
            last = reading;

            if (Stopwatch.GetElapsedTime(started) >= longest)
            {
                break;
            }
        }

        return last;
    }
}
