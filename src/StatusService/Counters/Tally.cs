using Waybill.Notifications.Records;

namespace Waybill.StatusService.Counters;

/// <summary>What happened in a minute or an hour to one owner's notifications, or to all. Not for several threads at once.</summary>
internal sealed class Tally
{
    /// <summary>Counted apart by one process in an hour; those beyond count together, under the empty name.</summary>
    private const int MostHosts = 2000;

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

    public static Tally Sum(IEnumerable<Tally> tallies)
    {
        var sum = new Tally();

        foreach (var tally in tallies)
        {
            sum.Add(tally);
        }

        return sum;
    }

    public void Accept(string host)
    {
        Accepted++;
        Host(host).Accepted++;
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

    public void Attempt(long count) => Attempts += count;

    public void Redeliver() => Redelivered++;

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

    /// <summary>The hosts with the most, and under the empty name the sum of the others.</summary>
    public IReadOnlyDictionary<string, HostCounts> LargestHosts(int most)
    {
        var largest = _hosts
            .Where(host => host.Key != OtherHosts)
            .OrderByDescending(host => host.Value.Accepted + host.Value.Succeeded + host.Value.Failed)
            .ThenBy(host => host.Key, StringComparer.Ordinal)
            .Take(most)
            .ToDictionary(host => host.Key, host => host.Value, StringComparer.OrdinalIgnoreCase);

        var others = new HostCounts();

        foreach (var host in _hosts.Where(host => !largest.ContainsKey(host.Key)))
        {
            others.Add(host.Value);
        }

        if (!others.IsNone)
        {
            largest[OtherHosts] = others;
        }

        return largest;
    }

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

    public bool IsNone => (Accepted, Succeeded, Failed) is (0, 0, 0);

    public void Add(HostCounts other)
    {
        Accepted += other.Accepted;
        Succeeded += other.Succeeded;
        Failed += other.Failed;
    }
}
