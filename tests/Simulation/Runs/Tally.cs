using System.Diagnostics;
using System.Globalization;

namespace Waybill.Simulation.Runs;

/// <summary>Adds up results, from any thread.</summary>
internal sealed class Tally
{
    private readonly Lock _gate = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly List<RunResult> _failures = [];
    private readonly SortedSet<string> _fanOutCrashes = new(StringComparer.Ordinal);
    private int _seeds;
    private long _notifications;
    private long _faults;
    private long _calls;
    private long _duplicates;
    private long _recoveries;
    private long _waits;
    private long _releases;
    private long _redeliveries;
    private int _mostIdleRounds;
    private int _largestItem;
    private TimeSpan _simulated;

    /// <summary>The one with the lowest seed first, as threads do not end in order.</summary>
    public IReadOnlyList<RunResult> Failures
    {
        get
        {
            lock (_gate)
            {
                return [.. _failures.OrderBy(failure => failure.Seed)];
            }
        }
    }

    public int Seeds => _seeds;

    public long Duplicates => _duplicates;

    public long Waits => _waits;

    public long Releases => _releases;

    public long Redeliveries => _redeliveries;

    /// <summary>At which steps of taking in an event, or of telling an owner something, processes crashed.</summary>
    public IReadOnlyCollection<string> FanOutCrashes => _fanOutCrashes;

    public void Add(RunResult result)
    {
        lock (_gate)
        {
            _seeds++;
            _fanOutCrashes.UnionWith(result.FanOutCrashes);
            _notifications += result.Notifications;
            _faults += result.Faults;
            _calls += result.Calls;
            _duplicates += result.Duplicates;
            _recoveries += result.Recoveries;
            _waits += result.Waits;
            _releases += result.Releases;
            _redeliveries += result.Redeliveries;
            _mostIdleRounds = Math.Max(_mostIdleRounds, result.MostIdleRounds);
            _largestItem = Math.Max(_largestItem, result.LargestItem);
            _simulated += result.SimulatedTime;

            if (result.Broken.Count > 0)
            {
                _failures.Add(result);
            }
        }
    }

    public override string ToString()
    {
        lock (_gate)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"""
                {_seeds} seeds in {_watch.Elapsed.TotalSeconds:0.0} s ({_simulated.TotalHours:0.0} simulated hours): {_notifications} notifications, {_faults} faults,
                {_recoveries} recoveries, {_calls} calls, {_duplicates} of them without a recorded result after a fault, {_waits} after a wait for their host,
                {_releases} claims given back without a call, {_redeliveries} redeliveries, at most {_mostIdleRounds} dispatches in a row that led to nothing,
                the largest record of {_largestItem} bytes, {_failures.Count} failures
                """);
        }
    }
}
