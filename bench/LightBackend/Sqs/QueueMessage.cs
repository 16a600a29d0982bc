namespace Waybill.LightBackend.Sqs;

internal sealed class QueueMessage(string body, string md5, string? attributes)
{
    public string Id { get; } = Guid.NewGuid().ToString();

    public string Body => body;

    public string Md5 => md5;

    /// <summary>The message attributes as they came, in JSON.</summary>
    public string? Attributes => attributes;

    public long SentAt { get; } = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    public int ReceiveCount { get; private set; }

    /// <summary>Of the last receive; earlier ones are of no use any more.</summary>
    public string? Receipt { get; private set; }

    /// <summary>Milliseconds of the system's uptime from which it may be received again.</summary>
    public long VisibleAt { get; set; }

    public void Received(long visibleAt)
    {
        ReceiveCount++;
        Receipt = Guid.NewGuid().ToString("N");
        VisibleAt = visibleAt;
    }
}
