namespace Waybill.Notifications.Signing;

/// <summary>The headers of the Standard Webhooks specification.</summary>
public static class WebhookHeaders
{
    /// <summary>The notification's id, the same in each attempt: by it a receiver deduplicates.</summary>
    public const string Id = "webhook-id";

    /// <summary>When the attempt was made, in seconds since 1970.</summary>
    public const string Timestamp = "webhook-timestamp";

    /// <summary>One signature for each active secret, separated by spaces.</summary>
    public const string Signature = "webhook-signature";
}
