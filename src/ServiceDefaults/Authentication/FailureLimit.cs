using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Waybill.ServiceDefaults.Authentication;

/// <summary>
/// Bounds how many keys an address may try in vain. Beyond it no key is looked at that has not been accepted from there before: who
/// guesses learns nothing any more, not even by a lucky guess, and who works from the same address goes on.
/// </summary>
internal sealed class FailureLimit : IDisposable
{
    /// <summary>
    /// Addresses share a partition by chance, which bounds the memory whatever comes. It harms nobody: accepted keys are remembered
    /// for each partition, and failures of others than a client's own are rare.
    /// </summary>
    private const int Partitions = 4096;

    /// <summary>An IPv6 client has 2^64 addresses: the first half counts.</summary>
    private const int NetworkBytes = 8;

    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);

    private readonly AcceptedKeys[] _accepted = new AcceptedKeys[Partitions];
    private readonly PartitionedRateLimiter<int> _limiter;

    /// <param name="perMinute">Failures that an address has, and gets back in a minute.</param>
    public FailureLimit(int perMinute) => _limiter = PartitionedRateLimiter.Create<int, int>(
        partition => RateLimitPartition.GetTokenBucketLimiter(partition, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perMinute,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) / perMinute,
            QueueLimit = 0,
        }));

    /// <summary>Whether a key from that address may be judged; one that was not accepted from there before is counted.</summary>
    /// <param name="key">The key that was found; null when there is none.</param>
    public bool Allows(IPAddress? address, ApiKey? key, out TimeSpan comeBackAfter)
    {
        var partition = PartitionOf(address);
        var accepted = LazyInitializer.EnsureInitialized(ref _accepted[partition]);
        comeBackAfter = TimeSpan.Zero;

        if (key is not null && accepted.Contains(key))
        {
            return true;
        }

        // One that is right but new here counts too, once: nobody may learn from what is left that a guess was right.
        using var lease = _limiter.AttemptAcquire(partition);

        if (!lease.IsAcquired)
        {
            comeBackAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : ShortestWait;
            return false;
        }

        if (key is not null)
        {
            accepted.Add(key);
        }

        return true;
    }

    public void Dispose() => _limiter.Dispose();

    private static int PartitionOf(IPAddress? address)
    {
        if (address is null)
        {
            return 0;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = plain.GetAddressBytes();
        var hash = new HashCode();
        hash.AddBytes(plain.AddressFamily == AddressFamily.InterNetworkV6 ? bytes.AsSpan(0, NetworkBytes) : bytes);

        return (int)((uint)hash.ToHashCode() % Partitions);
    }

    /// <summary>Hashes of keys that were accepted from one partition, a few of them.</summary>
    private sealed class AcceptedKeys
    {
        private const int Most = 64;

        private readonly HashSet<string> _hashes = new(StringComparer.OrdinalIgnoreCase);

        public bool Contains(ApiKey key)
        {
            lock (_hashes)
            {
                return _hashes.Contains(key.Sha256);
            }
        }

        public void Add(ApiKey key)
        {
            lock (_hashes)
            {
                if (_hashes.Count >= Most)
                {
                    _hashes.Clear();
                }

                _hashes.Add(key.Sha256);
            }
        }
    }
}
