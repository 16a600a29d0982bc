using System.Threading.RateLimiting;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Problems;
using Waybill.StatusService.Queries.Listing;

namespace Waybill.StatusService.Queries;

/// <summary>
/// Bounds how many questions are answered at a time whose answers are large. Others wait for their turn, which takes no more than their connection;
/// one owner has a part of the places.
/// </summary>
internal abstract class Places(ConcurrencyLimiterOptions all, ConcurrencyLimiterOptions one, TimeSpan comeBackAfter, string refusal) : IEndpointFilter, IDisposable
{
    private readonly PartitionedRateLimiter<string> _places = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<string, string>(owner => RateLimitPartition.GetConcurrencyLimiter(owner, _ => one)),
        PartitionedRateLimiter.Create<string, string>(_ => RateLimitPartition.GetConcurrencyLimiter("", _ => all)));

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var place = await _places.AcquireAsync(http.User.OwnerName(), cancellationToken: http.RequestAborted);

        // Until the answer is sent, which is after the filters.
        http.Response.RegisterForDispose(place);

        return place.IsAcquired ? await next(context) : Problem.TooManyRequests(comeBackAfter, refusal);
    }

    public void Dispose() => _places.Dispose();

    protected static ConcurrencyLimiterOptions Bound(int atATime, int waiting) => new()
    {
        PermitLimit = atATime,
        QueueLimit = waiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    };
}

/// <summary>For what reads a bounded part of the table, but that is megabytes.</summary>
internal sealed class QueryPlaces() : Places(Bound(8, 256), Bound(4, 64), TimeSpan.FromSeconds(1), "Too many questions wait for their answers.");

/// <summary>For exports, which may take an hour: nobody waits for one to end.</summary>
internal sealed class ExportPlaces() : Places(Bound(4, 0), Bound(2, 0), TimeSpan.FromSeconds(30), "Too many exports are under way. One owner has 2 at a time.");

internal static class QueryExtensions
{
    /// <summary>Adds what the public queries share, the list and the export.</summary>
    public static void AddQueries(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<QueryPlaces>();
        builder.Services.AddSingleton<ExportPlaces>();
        builder.Services.AddSingleton<NotificationList>();
    }
}
