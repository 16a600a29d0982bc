namespace Waybill.Receiving.Repeats;

/// <summary>Keys with the time until which they count, the oldest first. Not safe for several threads.</summary>
internal sealed class RememberedKeys(TimeSpan remember, int max)
{
    private readonly HashSet<WebhookKey> _keys = [];
    private readonly Queue<(WebhookKey Key, DateTimeOffset Until)> _order = [];

    public bool Contains(WebhookKey key, DateTimeOffset now)
    {
        Forget(now);
        return _keys.Contains(key);
    }

    /// <returns>False where another had to go for it before its time.</returns>
    public bool Add(WebhookKey key, DateTimeOffset now)
    {
        Forget(now);

        var hasRoom = _order.Count < max;

        if (!hasRoom)
        {
            _keys.Remove(_order.Dequeue().Key);
        }

        _keys.Add(key);
        _order.Enqueue((key, now + remember));
        return hasRoom;
    }

    private void Forget(DateTimeOffset now)
    {
        while (_order.TryPeek(out var oldest) && oldest.Until <= now)
        {
            _keys.Remove(_order.Dequeue().Key);
        }
    }
}
