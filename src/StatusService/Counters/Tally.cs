using Waybill.Notifications.Records;

namespace Waybill.StatusService.Counters;

/// <summary>What happened in a minute or an hour to one owner's notifications, or to all. Not for several threads at once.</summary>
internal sealed class Tally
{
    /// <summary>Those beyond count together, under the empty name.</summary>
    private const int MostHosts = 50;

    private const string OtherHosts = "";

    private readonly SortedDictionary<string, long> _failed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HostCounts> _hosts = new(StringComparer.OrdinalIgnoreCase);

    public long Accepted { get; private set; }

    public long Succeeded { get; private set; }

    /// <summary>Calls that were made, or may have been made.</summary>
    public long Attempts { get; private set; }

    public long Redelivered { get; private set; }

    /// <summary>Failed for good, by category.</summary>
    public IReadOnlyDictionary<string, long> Failed => _failed;

    /// <summary>From the planned start to the delivery, of what was delivered.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>By host; under the empty name those for which there was no room.</summary>
    public IReadOnlyDictionary<string, HostCounts> Hosts => _hosts;

    public void Accept(string host, long count = 1)
    {
        Accepted += count;
        Host(host).Accepted += count;
    }

    public void Succeed(string host, double milliseconds)
    {
        Succeeded++;
        Latency.Add(milliseconds);
        Host(host).Succeeded++;
    }

    public void Fail(string host, DeliveryCategory category)
    {
        Count(category.Text(), 1);
        Host(host).Failed++;
    }

    public void Attempt(long count = 1) => Attempts += count;

    public void Redeliver(long count = 1) => Redelivered += count;

    public void Add(Tally other)
    {
        Accepted += other.Accepted;
        Succeeded += other.Succeeded;
        Attempts += other.Attempts;
        Redelivered += other.Redelivered;
        Latency.Add(other.Latency);

        foreach (var (category, count) in other._failed)
        {
            Count(category, count);
        }

        foreach (var (host, counts) in other._hosts)
        {
            Host(host).Add(counts);
        }
    }

    /// <summary>For what was stored.</summary>
    public void Set(long accepted, long succeeded, long attempts, long redelivered)
    {
        Accepted = accepted;
        Succeeded = succeeded;
        Attempts = attempts;
        Redelivered = redelivered;
    }

    public void Count(string category, long count) => _failed[category] = _failed.GetValueOrDefault(category) + count;

    public HostCounts Host(string host)
    {
        if (_hosts.TryGetValue(host, out var counts))
        {
            return counts;
        }

        return _hosts.Count < MostHosts || host == OtherHosts ? _hosts[host] = new HostCounts() : Host(OtherHosts);
    }
}

internal sealed class HostCounts
{
    public long Accepted { get; set; }

    public long Succeeded { get; set; }

    public long Failed { get; set; }

    public void Add(HostCounts other)
    {
        Accepted += other.Accepted;
        Succeeded += other.Succeeded;
        Failed += other.Failed;
    }
}
