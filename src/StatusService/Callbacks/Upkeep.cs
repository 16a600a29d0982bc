using Waybill.Notifications.StatusApi;

namespace Waybill.StatusService.Callbacks;

/// <summary>What is due besides deliveries, a page at a time. Any number of processes may be at it; here it is one at a time.</summary>
internal sealed class Upkeep(Outbox outbox) : IDisposable
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
            return await outbox.RunAsync(PageSize, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
