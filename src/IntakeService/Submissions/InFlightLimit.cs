using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Waybill.IntakeService.Submissions.Batches;
using Waybill.ServiceDefaults.Problems;

namespace Waybill.IntakeService.Submissions;

/// <summary>Backpressure: beyond a number of requests in flight a client is told at once to come back later, and nothing waits in memory.</summary>
internal static class InFlightLimit
{
    public const string Policy = "submissions";
    public const string BatchPolicy = "batches";

    private static readonly TimeSpan ComeBackAfter = TimeSpan.FromSeconds(1);

    public static void AddInFlightLimit(this IServiceCollection services)
    {
        services.AddRateLimiter(limiter => limiter.OnRejected = (context, _) =>
            new ValueTask(Problem.TooManyRequests(ComeBackAfter, "Too many requests are in flight.").ExecuteAsync(context.HttpContext)));

        services.AddOptions<RateLimiterOptions>().Configure<IOptions<SubmissionOptions>>((limiter, options) =>
        {
            limiter.AddConcurrencyLimiter(Policy, concurrency => Bound(concurrency, options.Value.MaxInFlight));
            limiter.AddConcurrencyLimiter(BatchPolicy, concurrency => Bound(concurrency, Batches(options.Value)));
        });
    }

    /// <summary>As many as have that number of entries at work together, and one at least.</summary>
    private static int Batches(SubmissionOptions options) => Math.Max(1, options.MaxInFlight / BatchSubmitter.Concurrency);

    private static void Bound(ConcurrencyLimiterOptions concurrency, int limit)
    {
        concurrency.PermitLimit = limit;
        concurrency.QueueLimit = 0;
    }
}
