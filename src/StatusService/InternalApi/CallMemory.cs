using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Waybill.StatusService.InternalApi;

/// <summary>
/// Bounds the bytes that calls of the other services have in memory: of what they bring, and apart from it of what they fetch, so that who
/// holds the one and waits for the other keeps nobody from ending. A call waits for its turn before its body is read; the sender's connection holds it meanwhile.
/// </summary>
internal sealed class CallMemory(IOptions<InternalApiOptions> options) : IDisposable
{
    /// <summary>A claim fetches at most what DynamoDB stores in one item, as JSON.</summary>
    public const int ClaimBytes = 512 * 1024;

    /// <summary>What is counted: limiters count in whole numbers of 32 bits.</summary>
    private const int Unit = 1024;

    private readonly ConcurrencyLimiter _bodies = Limiter(options.Value);
    private readonly ConcurrencyLimiter _answers = Limiter(options.Value);

    public ValueTask<RateLimitLease> ForBodyAsync(long bytes, CancellationToken cancellationToken) => _bodies.AcquireAsync(Units(bytes), cancellationToken);

    public ValueTask<RateLimitLease> ForClaimAsync(CancellationToken cancellationToken) => _answers.AcquireAsync(Units(ClaimBytes), cancellationToken);

    public void Dispose()
    {
        _bodies.Dispose();
        _answers.Dispose();
    }

    private static int Units(long bytes) => (int)((bytes + Unit - 1) / Unit);

    /// <summary>Whoever waits in vain gives up by itself, as each call has a deadline at the one who asks.</summary>
    private static ConcurrencyLimiter Limiter(InternalApiOptions options) => new(new ConcurrencyLimiterOptions
    {
        PermitLimit = options.MaxMegabytesInFlight * 1024,
        QueueLimit = int.MaxValue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });
}
