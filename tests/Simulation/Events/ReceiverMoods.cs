using Waybill.Simulation.Processes;

namespace Waybill.Simulation.Events;

/// <summary>How the receiver of one endpoint fares over time: well, or away for long. Once faults have stopped it is well.</summary>
internal sealed class ReceiverMoods
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);

    private readonly List<(TimeSpan Until, Mood Mood)> _moods = [];
    private readonly Random _random;

    /// <param name="until">When it is well for good.</param>
    public ReceiverMoods(Random random, TimeSpan until)
    {
        _random = random;

        for (var at = TimeSpan.Zero; at < until;)
        {
            at += Longest * random.NextDouble();
            _moods.Add((at < until ? at : until, (Mood)random.Next(Enum.GetValues<Mood>().Length)));
        }
    }

    private enum Mood
    {
        Well,
        WellAgain,
        Away,
        AwayAgain,
        Gone,

        /// <summary>Now this, now that.</summary>
        Mixed,
    }

    /// <param name="mixed">Its answer where it is neither well nor away.</param>
    public Reply ReplyAt(TimeSpan now, Reply mixed)
    {
        var mood = _moods.Find(mood => now < mood.Until) is { Until.Ticks: > 0 } found ? found.Mood : Mood.Well;

        return mood switch
        {
            Mood.Away or Mood.AwayAgain => new Reply(_random.Next(3) == 0 ? null : 503, Soon(), null),
            Mood.Gone => new Reply(410, Soon(), null),
            Mood.Mixed => mixed,
            _ => new Reply(200, Soon(), null),
        };
    }

    private TimeSpan Soon() => TimeSpan.FromMilliseconds(1 + (50 * _random.NextDouble()));
}
