using Waybill.DeliveryWorker.Fairness;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Telemetry;

namespace Waybill.DeliveryWorker.Pacing;

/// <summary>
/// One pacer for each endpoint with a rate of its own, known from the answers to claims. What is known is this process's own; of an endpoint that nothing went to for some time, or that is the
/// longest unused of too many, it is forgotten, and learned again from its next claim.
/// </summary>
public sealed partial class EndpointPacers(HostGates gates, StatusClient status, PaceClock time, Random random, TimeProvider clock, ILogger<EndpointPacers> logger)
{
    /// <summary>Besides those that a delivery in hand needs.</summary>
    internal const int Most = 5_000;

    internal static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(10);

    private readonly RecentlyUsed<EndpointPacer> _pacers = new(StringComparer.Ordinal, Most, ForgottenAfter, pacer => pacer.IsInUse, clock);

    /// <summary>Waits until a notification may be claimed, as far as its endpoint's rate goes.</summary>
    /// <param name="endpointId">As its message says; null of what was posted to a URL, and where it is not known.</param>
    /// <returns>Null when the worker stops before.</returns>
    public async Task<PacedTurn?> TakeTurnAsync(string? endpointId, CancellationToken stopping)
    {
        if (endpointId is null || _pacers.Find(endpointId) is not { HasRate: true } pacer)
        {
            return new PacedTurn(this, null, isAhead: false);
        }

        return await pacer.PassAsync(stopping) is { } isAhead ? new PacedTurn(this, pacer, isAhead) : null;
    }

    /// <returns>Null where the endpoint has no rate.</returns>
    internal EndpointPacer? Learn(ClaimResponse claim)
    {
        if (claim.Record.Event is not { } happened)
        {
            return null;
        }

        if (claim.Pace is not { } pace)
        {
            _pacers.Find(happened.EndpointId)?.Learn(null);
            return null;
        }

        var pacer = _pacers.GetOrAdd(happened.EndpointId, () => new EndpointPacer(pace, gates.Slots, time, request => AskAsync(happened.EndpointId, request), random, clock));
        pacer.Learn(pace);
        return pacer;
    }

    /// <summary>Without an answer the own slots have to do.</summary>
    private async Task<TicketsResponse?> AskAsync(string endpointId, TicketsRequest request)
    {
        WaybillMetrics.TicketsRequested();

        try
        {
            return await status.TakeTicketsAsync(endpointId, request, CancellationToken.None);
        }
        catch (Exception exception) when (exception is StatusUnavailableException or RecordTroubleException)
        {
            Log.NoTickets(logger, endpointId, exception.Message);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "No tickets for calls to {EndpointId} in the next second: {Reason}")]
        public static partial void NoTickets(ILogger logger, string endpointId, string reason);
    }
}

internal static class PacingExtensions
{
    public static void AddPacing(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PaceClock>();
        builder.Services.AddSingleton<EndpointPacers>();
    }
}
