namespace Waybill.Receiving.Repeats;

/// <summary>By what a webhook is known again.</summary>
/// <param name="Scope">Within what the id is unique; at most 255 characters.</param>
/// <param name="Id"><c>webhook-id</c>, at most 255 characters.</param>
public readonly record struct WebhookKey(string Scope, string Id);
