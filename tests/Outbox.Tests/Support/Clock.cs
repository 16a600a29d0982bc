using Microsoft.Extensions.Time.Testing;
using Waybill.TestSupport;

namespace Waybill.Outbox.Tests.Support;

internal static class Clock
{
    public static FakeTimeProvider Stopped() => new(new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));

    /// <summary>Lets time pass, second by second, until it is so.</summary>
    public static Task PassUntilAsync(this FakeTimeProvider time, Func<bool> condition) => Eventually.HoldsAsync(() =>
    {
        if (condition())
        {
            return true;
        }

        time.Advance(TimeSpan.FromSeconds(1));
        return false;
    });
}
