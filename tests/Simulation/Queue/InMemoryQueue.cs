namespace Waybill.Simulation.Queue;

/// <summary>
/// A standard SQS queue with its dead-letter queue, as documented: at least once, in no order, invisible while somebody has it,
/// dead letter after too many receives, and now and then a message twice or one that was deleted.
/// </summary>
/// <param name="now">Since any fixed moment.</param>
internal sealed class InMemoryQueue(Func<TimeSpan> now, TimeSpan visibilityTimeout, int maxReceiveCount)
{
    private readonly List<QueuedMessage> _messages = [];
    private readonly List<QueuedMessage> _deadLetters = [];
    private int _lastId;

    public IReadOnlyList<QueuedMessage> Messages => _messages;

    public IReadOnlyList<QueuedMessage> DeadLetters => _deadLetters;

    public TimeSpan VisibilityTimeout => visibilityTimeout;

    public QueuedMessage Send(string body)
    {
        var message = new QueuedMessage(++_lastId, body) { VisibleAt = now() };
        _messages.Add(message);
        return message;
    }

    /// <returns>Null when it is not there, not visible, or has just become a dead letter.</returns>
    public QueuedMessage? Receive(QueuedMessage message)
    {
        if (!_messages.Contains(message) || message.VisibleAt > now())
        {
            return null;
        }

        if (message.ReceiveCount >= maxReceiveCount)
        {
            _messages.Remove(message);
            _deadLetters.Add(message);
            return null;
        }

        message.ReceiveCount++;
        message.VisibleAt = now() + visibilityTimeout;
        return message;
    }

    /// <summary>Any message that is visible.</summary>
    public QueuedMessage? ReceiveAny()
    {
        foreach (var message in _messages.ToArray())
        {
            if (Receive(message) is { } received)
            {
                return received;
            }
        }

        return null;
    }

    public void ChangeVisibility(QueuedMessage message, TimeSpan timeout) => message.VisibleAt = now() + timeout;

    public void Delete(QueuedMessage message) => _messages.Remove(message);

    public void Purge() => _messages.Clear();
}
