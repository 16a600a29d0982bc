using System.Text.Json;

namespace Waybill.LightBackend.Sqs;

/// <summary>A standard queue: oldest first, invisible while somebody has a message, long polls, and a dead-letter queue.</summary>
internal sealed class LightQueue(string name, IReadOnlyDictionary<string, string> attributes, Func<string, LightQueue?> find)
{
    private const int DefaultVisibility = 30;

    private static readonly TimeSpan Sweep = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly LinkedList<QueueMessage> _visible = [];
    private readonly Dictionary<string, QueueMessage> _inFlight = new(StringComparer.Ordinal);
    private readonly (string? DeadLetters, int MaxReceives) _redrive = Redrive(attributes.GetValueOrDefault("RedrivePolicy"));
    private readonly LinkedList<TaskCompletionSource> _polls = [];
    private long _nextSweep;

    public string Name => name;

    public IReadOnlyDictionary<string, string> Attributes => attributes;

    public int Visible => Count(() => _visible.Count);

    public int InFlight => Count(() => _inFlight.Count);

    public void Send(QueueMessage message)
    {
        lock (_lock)
        {
            _visible.AddLast(message);
            Announce();
        }
    }

    /// <summary>Waits until there is something, or the time is over.</summary>
    public async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(int most, TimeSpan wait, int? visibilitySeconds, CancellationToken cancellationToken)
    {
        var until = Environment.TickCount64 + (long)wait.TotalMilliseconds;

        while (true)
        {
            TaskCompletionSource arrival;

            lock (_lock)
            {
                var received = Take(most, visibilitySeconds ?? Visibility());

                if (received.Count > 0 || Environment.TickCount64 >= until)
                {
                    return received;
                }

                arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _polls.AddLast(arrival);
            }

            // A message may also become visible again, which nothing announces.
            await Task.WhenAny(arrival.Task, Task.Delay(Sweep, cancellationToken));

            lock (_lock)
            {
                _polls.Remove(arrival);
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public void Delete(string receipt)
    {
        lock (_lock)
        {
            _inFlight.Remove(receipt);
        }
    }

    public void ChangeVisibility(string receipt, int seconds)
    {
        lock (_lock)
        {
            if (_inFlight.TryGetValue(receipt, out var message))
            {
                message.VisibleAt = Environment.TickCount64 + (seconds * 1000L);
                _nextSweep = 0;
                Announce();
            }
        }
    }

    private List<QueueMessage> Take(int most, int visibilitySeconds)
    {
        var received = new List<QueueMessage>();
        var now = Environment.TickCount64;
        ReturnExpired(now);

        while (received.Count < most && _visible.First is { } first)
        {
            _visible.RemoveFirst();
            var message = first.Value;

            if (_redrive.DeadLetters is { } deadLetters && message.ReceiveCount >= _redrive.MaxReceives)
            {
                find(deadLetters)?.Send(message);
                continue;
            }

            message.Received(now + (visibilitySeconds * 1000L));
            _inFlight[message.Receipt!] = message;
            received.Add(message);
        }

        return received;
    }

    /// <summary>Walks over what is in flight, so not with every receive.</summary>
    private void ReturnExpired(long now)
    {
        if (now < _nextSweep)
        {
            return;
        }

        _nextSweep = now + (long)Sweep.TotalMilliseconds;

        foreach (var (receipt, message) in _inFlight.Where(message => message.Value.VisibleAt <= now).ToList())
        {
            _inFlight.Remove(receipt);
            _visible.AddLast(message);
        }
    }

    /// <summary>To the poll that waits the longest: as SQS, it favours no consumer.</summary>
    private void Announce()
    {
        if (_polls.First is { } longest)
        {
            _polls.RemoveFirst();
            longest.Value.SetResult();
        }
    }

    private int Count(Func<int> count)
    {
        lock (_lock)
        {
            ReturnExpired(Environment.TickCount64);
            return count();
        }
    }

    private int Visibility() => attributes.TryGetValue("VisibilityTimeout", out var text) ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : DefaultVisibility;

    /// <summary>The policy names the other queue by its ARN, which ends in the queue's name.</summary>
    private static (string? DeadLetters, int MaxReceives) Redrive(string? policy)
    {
        if (policy is null)
        {
            return (null, int.MaxValue);
        }

        using var json = JsonDocument.Parse(policy);
        var most = json.RootElement.GetProperty("maxReceiveCount");

        return (
            json.RootElement.GetProperty("deadLetterTargetArn").GetString()!.Split(':')[^1],
            most.ValueKind == JsonValueKind.Number ? most.GetInt32() : int.Parse(most.GetString()!, System.Globalization.CultureInfo.InvariantCulture));
    }
}
