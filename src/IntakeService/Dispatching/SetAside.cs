using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Telemetry;

namespace Waybill.IntakeService.Dispatching;

/// <summary>
/// What is due and cannot be worked on for a reason of its own. It is named and counted when that is found, and then left alone: for half a
/// minute at first, twice as long each time, up to an hour where asking again gives the same until somebody has mended it.
/// </summary>
public sealed partial class SetAside(TimeProvider time, ILogger logger)
{
    /// <summary>Beyond that, nothing more is remembered: what is found then is looked at in each pass.</summary>
    private const int Most = 10_000;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(30);

    /// <summary>Of what may be mended by the next release of the status service, or pass by itself.</summary>
    private static readonly TimeSpan LongestOfAFailure = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestForGood = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>How many are known; no more than that are passed over.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    /// <param name="dueAt">As it is now: with another due time than it had, somebody has moved it.</param>
    public bool Holds(string id, DateTimeOffset? dueAt = null)
    {
        lock (_lock)
        {
            return _entries.TryGetValue(id, out var entry) && entry.DueAt == dueAt && entry.Until > time.GetUtcNow();
        }
    }

    /// <returns>False when there is no room to remember it.</returns>
    public bool Add(string id, Exception exception, DateTimeOffset? dueAt = null)
    {
        var longest = exception is RecordTroubleException { ForGood: true } ? LongestForGood : LongestOfAFailure;
        var pause = Remember(id, dueAt, longest);

        WaybillMetrics.DispatcherSkipped();
        Log.SetAside(logger, id, pause?.TotalSeconds ?? 0, (exception as RecordTroubleException)?.Reason ?? exception.Message);
        return pause is not null;
    }

    /// <summary>It has been worked on.</summary>
    public void Forget(string id)
    {
        lock (_lock)
        {
            _entries.Remove(id);
        }
    }

    /// <returns>For how long it is left alone; null when there is no room.</returns>
    private TimeSpan? Remember(string id, DateTimeOffset? dueAt, TimeSpan longest)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();

            if (_entries.Count >= Most && !_entries.ContainsKey(id) && !MakeRoom(now))
            {
                return null;
            }

            var pause = _entries.TryGetValue(id, out var entry) ? entry.Pause * 2 : Shortest;
            pause = pause < longest ? pause : longest;
            _entries[id] = new Entry(pause, now + pause, dueAt);
            return pause;
        }
    }

    /// <summary>Whose time came a while ago has moved on: it would have been found again.</summary>
    private bool MakeRoom(DateTimeOffset now)
    {
        foreach (var (id, entry) in _entries.Where(pair => pair.Value.Until + LongestOfAFailure < now).ToArray())
        {
            _entries.Remove(id);
        }

        return _entries.Count < Most;
    }

    private readonly record struct Entry(TimeSpan Pause, DateTimeOffset Until, DateTimeOffset? DueAt);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Id} is due and is passed over for {Seconds} s: {Reason}")]
        public static partial void SetAside(ILogger logger, string id, double seconds, string reason);
    }
}
