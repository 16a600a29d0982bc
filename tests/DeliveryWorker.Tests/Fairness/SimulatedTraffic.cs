using Microsoft.Extensions.Time.Testing;
using Waybill.DeliveryWorker.Fairness;

namespace Waybill.DeliveryWorker.Tests.Fairness;

/// <summary>
/// Calls to one host, event by event on a clock that only it moves: as soon as the host's health lets one begin, and there is
/// one to make, it is made. What is refused is not made again.
/// </summary>
internal sealed class SimulatedTraffic(FakeTimeProvider clock, TimeSpan latency)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    private readonly Queue<(long EndsAt, HostCall Call, HostSignal Signal)> _inFlight = new();
    private int _waiting;

    public HostHealth Health { get; } = new(Limits.Default, new Random(1), clock);

    /// <summary>Calls that the host answered well.</summary>
    public int Taken { get; private set; }

    public int Made { get; private set; }

    public int Refused { get; private set; }

    public bool IsIdle => _waiting == 0 && _inFlight.Count == 0;

    public void Add(int notifications) => _waiting += notifications;

    /// <param name="takes">Whether the host takes a call that arrives now.</param>
    /// <param name="perSecond">Notifications that come meanwhile, evenly.</param>
    /// <param name="wish">What a refusal asks for.</param>
    public void RunFor(TimeSpan time, Func<bool> takes, double perSecond = 0, TimeSpan? wish = null)
    {
        var steps = (int)(time / Step);

        for (var step = 1; step <= steps; step++)
        {
            var before = (int)((step - 1) * perSecond * Step.TotalSeconds);
            _waiting += (int)(step * perSecond * Step.TotalSeconds) - before;
            Advance(takes, wish);
        }
    }

    /// <returns>How long it took until all were made.</returns>
    public TimeSpan RunUntilIdle(Func<bool> takes, TimeSpan atMost)
    {
        var began = clock.GetTimestamp();

        while (!IsIdle && clock.GetElapsedTime(began) < atMost)
        {
            Advance(takes, wish: null);
        }

        return clock.GetElapsedTime(began);
    }

    private void Advance(Func<bool> takes, TimeSpan? wish)
    {
        while (_inFlight.TryPeek(out var next) && clock.GetTimestamp() >= next.EndsAt)
        {
            _inFlight.Dequeue();
            Health.End(next.Call, new HostReport(next.Signal, latency, next.Signal == HostSignal.Refused ? wish : null));
        }

        while (_waiting > 0 && Health.MayStart(overdue: false))
        {
            Begin(takes());
        }

        clock.Advance(Step);
    }

    private void Begin(bool taken)
    {
        _waiting--;
        Made++;
        Taken += taken ? 1 : 0;
        Refused += taken ? 0 : 1;

        var endsAt = clock.GetTimestamp() + (long)(latency.TotalSeconds * clock.TimestampFrequency);
        _inFlight.Enqueue((endsAt, Health.Start(), taken ? HostSignal.Good : HostSignal.Refused));
    }
}
