using Microsoft.Extensions.Time.Testing;
using Waybill.DeliveryWorker.Fairness;
using Waybill.DeliveryWorker.Pacing;
using Waybill.Notifications.StatusApi;

namespace Waybill.DeliveryWorker.Tests.Pacing;

/// <summary>
/// Workers that deliver to one endpoint with a rate of its own, on a clock that only this moves. They claim, are late and see the time as random says; what they give back comes
/// again when it is due, to any of them.
/// </summary>
internal sealed class SimulatedPace
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 30, 7, 0, 0, TimeSpan.Zero));
    private readonly Dictionary<long, int> _taken = [];
    private readonly PriorityQueue<int, DateTimeOffset> _due = new();
    private readonly Random _random;
    private readonly int _rate;
    private readonly List<Worker> _workers = [];

    /// <param name="clocksDiffer">By how much a worker's clock is off at most, in milliseconds.</param>
    /// <param name="longestLate">How late a call may be after its slot was given, in milliseconds.</param>
    public SimulatedPace(int rate, int workers, int seed, double clocksDiffer = 0, int longestLate = 0)
    {
        (_rate, _random, LongestLate) = (rate, new Random(seed), longestLate);

        for (var rank = 0; rank < workers; rank++)
        {
            _workers.Add(new Worker(this, rank, workers, (2 * _random.NextDouble() - 1) * clocksDiffer));
        }
    }

    private int LongestLate { get; }

    public List<DateTimeOffset> Calls { get; } = [];

    /// <summary>Seconds for which tickets were asked, with the worker that did.</summary>
    public List<(int Worker, long Second)> Asked { get; } = [];

    public List<TimeSpan> Waited { get; } = [];

    public int GivenBack { get; private set; }

    public DateTimeOffset Now => _clock.GetUtcNow();

    public bool HasTickets { get; set; } = true;

    /// <summary>Notifications that are due now.</summary>
    public void Add(int notifications)
    {
        for (var number = 0; number < notifications; number++)
        {
            _due.Enqueue(number, Now);
        }
    }

    /// <summary>Notifications that one worker gets at a time, as the queue gives them.</summary>
    public void AddTogether(int notifications)
    {
        var worker = _workers[_random.Next(_workers.Count)];

        for (var number = 0; number < notifications; number++)
        {
            _ = worker.DeliverAsync();
        }
    }

    /// <param name="perSecond">Notifications that come meanwhile, at random.</param>
    public void RunFor(TimeSpan time, double perSecond = 0)
    {
        for (var steps = (int)(time / Step); steps > 0; steps--)
        {
            Add(_random.NextDouble() < perSecond * Step.TotalSeconds ? 1 : 0);

            while (_due.TryPeek(out _, out var due) && due <= Now && _workers.Where(worker => worker.HasRoom).ToArray() is { Length: > 0 } free)
            {
                _due.Dequeue();
                _ = free[_random.Next(free.Length)].DeliverAsync();
            }

            _clock.Advance(Step);
        }
    }

    /// <summary>Most calls in a second, wherever it begins.</summary>
    public int Busiest => Calls.Count == 0 ? 0 : Enumerable.Range(0, Calls.Count).Max(first => Calls.Skip(first).TakeWhile(call => call < Calls[first].AddSeconds(1)).Count());

    private sealed class Worker
    {
        private const int MostInHand = 640;

        private readonly SimulatedPace _world;
        private readonly EndpointPacer _pacer;
        private readonly EndpointPace _pace;
        private readonly int _rank;
        private int _inHand;

        public Worker(SimulatedPace world, int rank, int workers, double clockOff)
        {
            (_world, _rank) = (world, rank);
            _pace = new EndpointPace(world._rate, world.Now, workers, rank);
            var time = new PaceClock(world._clock);
            time.Note(world.Now.AddMilliseconds(clockOff), world._clock.GetTimestamp());
            _pacer = new EndpointPacer(_pace, new WorkerSlots(64), time, AskAsync, new Random(rank), world._clock);
        }

        public bool HasRoom => _inHand < MostInHand;

        public async Task DeliverAsync()
        {
            _inHand++;
            var came = _world.Now;
            var isAhead = await _pacer.PassAsync(CancellationToken.None);
            await PauseAsync(80);
            _pacer.Learn(_pace);
            var until = isAhead == true ? await _pacer.SlotAsync() : null;

            while (until is { } time)
            {
                await PauseAsync(_world.LongestLate);

                if (_pacer.IsInTime(time))
                {
                    _world.Calls.Add(_world.Now);
                    _world.Waited.Add(_world.Now - came);
                    _inHand--;
                    return;
                }

                until = _pacer.TryJoin(overtaking: true) ? await _pacer.SlotAsync() : null;
            }

            _world.GivenBack++;
            _world._due.Enqueue(0, _world.Now + _pacer.DueIn());
            _inHand--;
        }

        private async Task<TicketsResponse?> AskAsync(TicketsRequest request)
        {
            _world.Asked.Add((_rank, request.Second));
            await PauseAsync(60);
            var first = _world._taken.GetValueOrDefault(request.Second);
            _world._taken[request.Second] = first + request.Count;
            await PauseAsync(60);
            return _world.HasTickets ? new TicketsResponse(first) : null;
        }

        private Task PauseAsync(int most) => Task.Delay(TimeSpan.FromMilliseconds(_world._random.Next(most + 1)), _world._clock);
    }
}
