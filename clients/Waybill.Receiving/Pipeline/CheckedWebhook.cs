namespace Waybill.Receiving.Pipeline;

/// <summary>The request's webhook, as a feature of it: there once it was checked.</summary>
internal sealed record CheckedWebhook(Webhook Webhook);
