using Waybill.IntakeService.Submissions;
using Waybill.Notifications.Records;
using Waybill.Simulation.Engine;
using Waybill.Simulation.Processes;

namespace Waybill.Simulation.Runs;

/// <summary>What the client asks for, and how the receiver will answer.</summary>
internal sealed class NotificationScript
{
    private static readonly OrderedDictionary<string, string> NoHeaders = [];

    private readonly Random _random;
    private readonly string _host;
    private readonly List<Reply> _replies = [];

    /// <param name="startWithin">Of the run's begin.</param>
    public NotificationScript(Random random, string key, string host, TimeSpan startWithin)
    {
        _random = random;
        _host = host;
        Key = key;
        Id = NotificationId.FromIdempotencyKey(Scenario.Owner, key);
        StartAt = startWithin * random.NextDouble();
        Submission = NewSubmission();
    }

    public string Key { get; }

    public string Id { get; }

    public TimeSpan StartAt { get; }

    public Submission Submission { get; }

    /// <summary>The answer to the call of that number, from 0; the same however often one asks.</summary>
    public Reply ReplyTo(int call)
    {
        while (_replies.Count <= call)
        {
            _replies.Add(Reply.By(_random, Submission.TimeoutSeconds));
        }

        return _replies[call];
    }

    private Submission NewSubmission()
    {
        var deliverIn = _random.Next(5) == 0 ? TimeSpan.FromSeconds(_random.Next(1, 8)) : (TimeSpan?)null;
        var retries = _random.Next(5);

        return new Submission
        {
            Request = new NotificationRequest("POST", $"https://{_host}.example/hook", NoHeaders, "application/json", "{}"u8.ToArray()),
            TimeoutSeconds = _random.Next(1, 4),
            RetrySchedule = [.. Enumerable.Range(0, retries).Select(_ => _random.Next(0, 5))],
            DeliverAt = SimulatedClock.Start + StartAt + deliverIn,
        };
    }
}
