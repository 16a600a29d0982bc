using System.Diagnostics;

namespace Waybill.TestSupport;

/// <summary>Waits for a state with a deadline, instead of sleeping and hoping.</summary>
public static class Eventually
{
    private static readonly TimeSpan ShortInterval = TimeSpan.FromMilliseconds(25);

    /// <summary>Generous, as the machine may be busy: it is reached only by a test that fails.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Reads until the value is as expected.</summary>
    /// <exception cref="TimeoutException">It never was; the message shows the last value.</exception>
    public static async Task<T> BecomesAsync<T>(Func<Task<T>> read, Func<T, bool> expected, TimeSpan? deadline = null, TimeSpan? interval = null)
    {
        var watch = Stopwatch.StartNew();

        while (true)
        {
            var value = await read();

            if (expected(value))
            {
                return value;
            }

            if (watch.Elapsed > (deadline ?? Deadline))
            {
                throw new TimeoutException($"Not so within {watch.Elapsed.TotalSeconds:0} s. The last value: {value}");
            }

            await Task.Delay(interval ?? ShortInterval);
        }
    }
}
