using System.Diagnostics;
using System.Runtime.CompilerServices;
using Waybill.Notifications.StatusApi;

namespace Waybill.TestSupport;

/// <summary>Waits for a state with a deadline, instead of sleeping and hoping.</summary>
public static class Eventually
{
    private static readonly TimeSpan ShortInterval = TimeSpan.FromMilliseconds(25);

    /// <summary>Generous, as the machine may be busy: it is reached only by a test that fails.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Reads until the value is as expected.</summary>
    /// <exception cref="TimeoutException">It never was; the message shows what was expected, and the last value.</exception>
    public static async Task<T> BecomesAsync<T>(
        Func<Task<T>> read,
        Func<T, bool> expected,
        TimeSpan? deadline = null,
        TimeSpan? interval = null,
        [CallerArgumentExpression(nameof(expected))] string text = "")
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
                throw new TimeoutException($"Not so within {watch.Elapsed.TotalSeconds:0} s: {text}. The last value: {value}");
            }

            await Task.Delay(interval ?? ShortInterval);
        }
    }

    /// <exception cref="TimeoutException">It never was; the message has the condition's own text.</exception>
    public static Task HoldsAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string text = "") =>
        BecomesAsync(condition, holds => holds, text: text);

    /// <inheritdoc cref="HoldsAsync(Func{Task{bool}}, string)"/>
    public static Task HoldsAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string text = "") =>
        HoldsAsync(() => Task.FromResult(condition()), text);

    /// <returns>The task's result.</returns>
    /// <exception cref="TimeoutException">It takes too long.</exception>
    public static Task<T> ComesAsync<T>(Task<T> task) => task.WaitAsync(Deadline);

    /// <inheritdoc cref="ComesAsync{T}(Task{T})"/>
    public static Task ComesAsync(Task task) => task.WaitAsync(Deadline);

    /// <summary>For a test that is not about what a busy machine does not answer in time: asks the status service again, as a service of ours would.</summary>
    /// <param name="ask">Something that may be asked twice.</param>
    public static async Task<T> AnswersAsync<T>(Func<Task<T>> ask)
    {
        var watch = Stopwatch.StartNew();

        while (true)
        {
            try
            {
                return await ask();
            }
            catch (StatusUnavailableException) when (watch.Elapsed < Deadline)
            {
                await Task.Delay(ShortInterval);
            }
        }
    }
}
