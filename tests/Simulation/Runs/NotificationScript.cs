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
    private readonly bool _isLong;
    private readonly List<Reply> _replies = [];

    /// <param name="startWithin">Of the run's begin.</param>
    /// <param name="mayNotify">Some ask that their owner is told of their delivery.</param>
    /// <param name="isLong">For a run of months: scheduled up to a year ahead, with waits of up to a day between its attempts, and redelivered again and again.</param>
    public NotificationScript(Random random, string key, string host, TimeSpan startWithin, bool isLong, bool mayNotify = false)
    {
        _random = random;
        _isLong = isLong;
        Redeliveries = isLong ? (random.Next(25) == 0 ? random.Next(200, 1001) : random.Next(1, 12)) : 0;
        _host = host;
        Key = key;
        Id = NotificationId.FromIdempotencyKey(Scenario.Owner, key);
        StartAt = startWithin * random.NextDouble();
        Submission = NewSubmission(mayNotify && random.Next(2) == 0);
    }

    public string Key { get; }

    public string Id { get; init; }

    public TimeSpan StartAt { get; }

    public Submission Submission { get; }

    /// <summary>How often it is to be delivered again, in a run of months.</summary>
    public int Redeliveries { get; }

    private bool IsRedeliveredOften => Redeliveries > 100;

    /// <summary>The answer to the call of that number, from 0; the same however often one asks.</summary>
    public Reply ReplyTo(int call)
    {
        while (_replies.Count <= call)
        {
            _replies.Add(Reply.By(_random, Submission.TimeoutSeconds));
        }

        return _replies[call];
    }

    /// <summary>Until its client acts again: minutes to months, each order of magnitude as likely as the next.</summary>
    public TimeSpan NextPause() => IsRedeliveredOften
        ? TimeSpan.FromSeconds(20 + (600 * _random.NextDouble()))
        : TimeSpan.FromSeconds(20 * Math.Pow(500_000, _random.NextDouble()));

    private Submission NewSubmission(bool notifies)
    {
        var deliverIn = _random.Next(5) == 0 ? DeliverIn() : (TimeSpan?)null;
        var retries = _random.Next(5);

        return new Submission
        {
            Request = new NotificationRequest("POST", $"https://{_host}.example/hook", NoHeaders, "application/json", "{}"u8.ToArray()),
            TimeoutSeconds = _random.Next(1, 4),
            CorrelationId = _random.Next(2) == 0 ? $"basket of {Key}" : null,
            RetrySchedule = [.. Enumerable.Range(0, retries).Select(_ => Pause())],
            DeliverAt = SimulatedClock.Start + StartAt + deliverIn,
            Notify = notifies,
        };
    }

    private TimeSpan DeliverIn() => _isLong ? TimeSpan.FromDays(365 * _random.NextDouble()) : TimeSpan.FromSeconds(_random.Next(1, 8));

    private int Pause() => _isLong && !IsRedeliveredOften && _random.Next(2) == 0 ? _random.Next(0, 24 * 60 * 60) : _random.Next(0, 5);
}
