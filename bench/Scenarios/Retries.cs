using Microsoft.AspNetCore.Http;
using Waybill.Bench.Receiving;

namespace Waybill.Bench.Scenarios;

/// <summary>
/// Receivers that fail at first, so that a part of the load is delivered by the Dispatcher. They answer 500, which says nothing of their
/// rate: after a 503 the worker would slow down, and that would be measured.
/// </summary>
internal static class Retries
{
    /// <summary>Every fifth notification needs two attempts, every twentieth three.</summary>
    private const int FailsOnce = 5;
    private const int FailsTwice = 20;

    public static Scenario Scenario { get; } = new("retries", "Every fifth notification fails once, every twentieth twice; delivered after 1 s and 2 s.")
    {
        Count = 2000,
        PerSecond = 100,
        RetrySchedule = [1, 2, 2, 2],
        Answer = call => ValueTask.FromResult(call.Number <= Failures(call) ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK),
    };

    private static int Failures(ReceivedCall call) => call.Notification switch
    {
        var number when number % FailsTwice == 0 => 2,
        var number when number % FailsOnce == 0 => 1,
        _ => 0,
    };
}
