using System.Threading.RateLimiting;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Problems;
using Waybill.StatusService.Queries.Listing;

namespace Waybill.StatusService.Queries;

/// <summary>
/// Bounds how many questions are answered at a time whose answers are large: what one reads of the table is bounded, but is megabytes. Others
/// wait for their turn, which takes no more than their connection; one owner has half of the places.
/// </summary>
internal sealed class QueryPlaces : IEndpointFilter, IDisposable
{
    private const int AtATime = 8;
    private const int AtATimeForOne = AtATime / 2;
    private const int Waiting = 256;
    private const int WaitingForOne = Waiting / 4;

    private static readonly TimeSpan ComeBackAfter = TimeSpan.FromSeconds(1);

    private readonly PartitionedRateLimiter<string> _places = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<string, string>(owner => RateLimitPartition.GetConcurrencyLimiter(owner, _ => Bound(AtATimeForOne, WaitingForOne))),
        PartitionedRateLimiter.Create<string, string>(_ => RateLimitPartition.GetConcurrencyLimiter("", _ => Bound(AtATime, Waiting))));

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var place = await _places.AcquireAsync(http.User.OwnerName(), cancellationToken: http.RequestAborted);

        // Until the answer is sent, which is after the filters.
        http.Response.RegisterForDispose(place);

        return place.IsAcquired ? await next(context) : Problem.TooManyRequests(ComeBackAfter, "Too many questions wait for their answers.");
    }

    public void Dispose() => _places.Dispose();

    private static ConcurrencyLimiterOptions Bound(int atATime, int waiting) => new()
    {
        PermitLimit = atATime,
        QueueLimit = waiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    };
}

internal static class QueryExtensions
{
    /// <summary>Adds what the public queries share, and the list.</summary>
    public static void AddQueries(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<QueryPlaces>();
        builder.Services.AddSingleton<NotificationList>();
    }
}
