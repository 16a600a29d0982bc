using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Waybill.StandIns.Messaging.Tests.Support;

/// <summary>Waits for a state, and fails with the condition's own text when it does not come in time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    public static async Task Holds(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string text = "")
    {
        var watch = Stopwatch.StartNew();

        while (!await condition())
        {
            Assert.True(watch.Elapsed < Deadline, $"Not within {Deadline.TotalSeconds:0} s: {text}");
            await Task.Delay(Interval);
        }
    }

    public static Task Holds(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string text = "")
        => Holds(() => Task.FromResult(condition()), text);

    /// <summary>The task's result, or a failure when it takes too long.</summary>
    public static Task<T> Comes<T>(Task<T> task) => task.WaitAsync(Deadline);

    public static Task Comes(Task task) => task.WaitAsync(Deadline);
}
