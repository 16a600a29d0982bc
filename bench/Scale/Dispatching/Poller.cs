using Waybill.IntakeService.Dispatching;

namespace Waybill.Bench.Scale.Dispatching;

/// <summary>One replica's Dispatcher: pass, wait, pass.</summary>
internal sealed class Poller(PollingSimulation simulation, IReadOnlyList<DueShard> shards)
{
    private static readonly DispatcherOptions Options = new();

    private readonly Queue<DueRecord> _found = [];
    private TimeSpan _wait = TimeSpan.Zero;
    private bool _fullPage;
    private bool _anyDone;
    private int _lanes;

    public void Poll(double now)
    {
        var pages = shards.Select(shard => shard.Query(now, Options.PageSize).ToList()).ToList();

        foreach (var page in pages)
        {
            simulation.Figures.Queried(page.Count);
        }

        _fullPage = pages.Any(page => page.Count == Options.PageSize);
        _anyDone = false;

        foreach (var record in pages.SelectMany(page => page).OrderBy(record => record.DueAt))
        {
            _found.Enqueue(record);
        }

        _lanes = Math.Min(Options.Concurrency, _found.Count);

        for (var lane = 0; lane < _lanes; lane++)
        {
            simulation.At(now + CallTimes.Query, Next);
        }

        if (_lanes == 0)
        {
            EndPass(now + CallTimes.Query);
        }
    }

    private void Next(double now)
    {
        if (_found.TryDequeue(out var record))
        {
            simulation.At(now + CallTimes.Get, read => Read(record, read));
            return;
        }

        if (--_lanes == 0)
        {
            EndPass(now);
        }
    }

    private void Read(DueRecord record, double now)
    {
        var inVain = record.IsMarkedAt(now);
        simulation.Figures.Got(inVain);

        if (inVain)
        {
            Next(now);
        }
        else
        {
            simulation.At(now + CallTimes.Mark, marked => Mark(record, marked));
        }
    }

    private void Mark(DueRecord record, double now)
    {
        if (record.IsMarkedAt(now))
        {
            simulation.Figures.MarkRefused();
            Next(now);
            return;
        }

        record.MarkedAt = now;
        _anyDone = true;
        simulation.Figures.Sent(now + CallTimes.Send - record.DueAt);
        simulation.At(now + CallTimes.Send, Next);
    }

    private void EndPass(double now)
    {
        var outcome = !_anyDone ? PassOutcome.NothingDue : _fullPage ? PassOutcome.MoreIsWaiting : PassOutcome.Worked;
        _wait = PollInterval.Next(outcome, _wait, Options);
        simulation.At(now + simulation.Jittered(_wait).TotalSeconds, Poll);
    }
}
