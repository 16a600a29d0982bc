using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Waybill.ServiceDefaults.Problems;

namespace Waybill.IntakeService.Submissions;

/// <summary>Backpressure: beyond a number of requests in flight a client is told at once to come back later, and nothing waits in memory.</summary>
internal static class InFlightLimit
{
    public const string Policy = "submissions";

    private static readonly TimeSpan ComeBackAfter = TimeSpan.FromSeconds(1);

    public static void AddInFlightLimit(this IServiceCollection services)
    {
        services.AddRateLimiter(limiter => limiter.OnRejected = (context, _) =>
            new ValueTask(Problem.TooManyRequests(ComeBackAfter).ExecuteAsync(context.HttpContext)));

        services.AddOptions<RateLimiterOptions>().Configure<IOptions<SubmissionOptions>>((limiter, options) =>
            limiter.AddConcurrencyLimiter(Policy, concurrency => Bound(concurrency, options.Value)));
    }

    private static void Bound(ConcurrencyLimiterOptions concurrency, SubmissionOptions options)
    {
        concurrency.PermitLimit = options.MaxInFlight;
        concurrency.QueueLimit = 0;
    }
}
