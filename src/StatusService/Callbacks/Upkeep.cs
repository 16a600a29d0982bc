using Waybill.Notifications.StatusApi;
using Waybill.StatusService.Endpoints;

namespace Waybill.StatusService.Callbacks;

/// <summary>What is due besides deliveries, a page at a time. Any number of processes may be at it; here it is one at a time.</summary>
internal sealed class Upkeep(Outbox outbox, EndpointWatch watch) : IDisposable
{
    /// <summary>Read of each shard.</summary>
    private const int PageSize = 500;

    private readonly SemaphoreSlim _one = new(1, 1);

    public async Task<UpkeepResponse> RunAsync(CancellationToken cancellationToken)
    {
        if (!await _one.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            // Whoever is at it tells whether there is more.
            return new UpkeepResponse(0, More: false);
        }

        try
        {
            // First what was seen of endpoints: the time for the outbox is bounded by its page, and a storm of failures is to disable no endpoint later.
            var seen = await watch.RunAsync(cancellationToken);
            var told = await outbox.RunAsync(PageSize, cancellationToken);

            return new UpkeepResponse(seen.Done + told.Done, seen.More || told.More);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
