using Microsoft.Extensions.Options;
using Waybill.IntakeService.Submissions.Batches;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Problems;

namespace Waybill.IntakeService.Reading;

/// <summary>Backpressure: beyond a number of requests in flight a client is told at once to come back later, and nothing waits in memory.</summary>
internal static class InFlightLimit
{
    private static readonly TimeSpan ComeBackAfter = TimeSpan.FromSeconds(1);

    /// <summary>Adds the places of requests and the memory of their bodies, which owners share.</summary>
    public static void AddInFlightLimit(this IServiceCollection services)
    {
        services.AddOptions<InFlightOptions>()
            .BindConfiguration(InFlightOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();

        services.AddSingleton<InFlightPlaces>();
        services.AddSingleton<BodyMemory>();
    }

    /// <summary>For endpoints that require a client's key: the places are shared between owners.</summary>
    public static TBuilder LimitInFlight<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.AddEndpointFilter<TBuilder, RequestFilter>();

    /// <inheritdoc cref="LimitInFlight"/>
    public static TBuilder LimitBatchesInFlight<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.AddEndpointFilter<TBuilder, BatchFilter>();

    /// <summary>429 with when to come back.</summary>
    public static IResult TooMuch(string title) => Problem.TooManyRequests(ComeBackAfter, title);

    private static ValueTask<object?> PassAsync(FairShare places, EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var owner = context.HttpContext.User.OwnerName();

        if (!places.TryTake(owner, 1))
        {
            return ValueTask.FromResult<object?>(TooMuch("Too many requests are in flight."));
        }

        // Until the answer is sent, which is after the filters.
        context.HttpContext.Response.RegisterForDispose(new Place(places, owner));
        return next(context);
    }

    private sealed class Place(FairShare places, string owner) : IDisposable
    {
        public void Dispose() => places.GiveBack(owner, 1);
    }

    private sealed class RequestFilter(InFlightPlaces places) : IEndpointFilter
    {
        public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) => PassAsync(places.Requests, context, next);
    }

    private sealed class BatchFilter(InFlightPlaces places) : IEndpointFilter
    {
        public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) => PassAsync(places.Batches, context, next);
    }

    private sealed class InFlightPlaces(IOptions<InFlightOptions> options)
    {
        /// <summary>So few requests at a time keep nobody out.</summary>
        private const int Few = 2;

        public FairShare Requests { get; } = new(options.Value.MaxInFlight, Few);

        /// <summary>As many as have that number of entries at work together, and one at least.</summary>
        public FairShare Batches { get; } = new(Math.Max(1, options.Value.MaxInFlight / BatchSubmitter.Concurrency), always: 1);
    }
}
