using Waybill.Receiving.Repeats;

namespace Waybill.Receiving.EntityFrameworkCore;

/// <summary>A row for each webhook whose handler has succeeded; it is there as soon as what the handler wrote is.</summary>
public sealed class ReceivedWebhook
{
    /// <summary>The most characters that a scope or an id has.</summary>
    public const int MaxLength = 255;

    private ReceivedWebhook(string scope, string webhookId, DateTime receivedAt)
    {
        Scope = scope;
        WebhookId = webhookId;
        ReceivedAt = receivedAt;
    }

    /// <summary>Within what the id is unique: <see cref="WebhookKey.Scope"/>.</summary>
    public string Scope { get; private set; }

    /// <summary><c>webhook-id</c>.</summary>
    public string WebhookId { get; private set; }

    /// <summary>UTC. By it the row is removed in time.</summary>
    public DateTime ReceivedAt { get; private set; }

    internal static ReceivedWebhook Of(WebhookKey key, DateTimeOffset now) => new(key.Scope, key.Id, now.UtcDateTime);
}
