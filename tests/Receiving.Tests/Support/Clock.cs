using Microsoft.Extensions.Time.Testing;

namespace Waybill.Receiving.Tests.Support;

internal static class Clock
{
    public static readonly DateTimeOffset Start = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    public static FakeTimeProvider Stopped(DateTimeOffset? now = null) => new(now ?? Start);
}
