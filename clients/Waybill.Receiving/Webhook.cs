using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Waybill.Receiving.Pipeline;

namespace Waybill.Receiving;

/// <summary>One call of a sender, whose signature was checked. A handler that was mapped with <c>MapWebhook</c> takes it as a parameter.</summary>
public sealed class Webhook : IBindableFromHttpContext<Webhook>
{
    private readonly Lazy<string?> _type;

    internal Webhook(string id, DateTimeOffset timestamp, ReadOnlyMemory<byte> body)
    {
        Id = id;
        Timestamp = timestamp;
        Body = body;
        _type = new Lazy<string?>(() => EventType.Of(JsonText));
    }

    /// <summary>
    /// <c>webhook-id</c>: the same in each attempt to deliver it; of an event the same at each of the sender's endpoints. 1–255 visible ASCII characters.
    /// </summary>
    public string Id { get; }

    /// <summary><c>webhook-timestamp</c>: when this attempt was made, to the second, in UTC.</summary>
    public DateTimeOffset Timestamp { get; }

    /// <summary>As it came, byte for byte; may be empty.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>
    /// What happened, such as <c>order.paid</c>: the member <c>type</c> of a body that is a JSON object, where the specification wants it and Waybill's callbacks
    /// have it. Null where the body has none.
    /// </summary>
    public string? Type => _type.Value;

    /// <summary>The body without a byte order mark, which JSON must not begin with and some senders write.</summary>
    private ReadOnlyMemory<byte> JsonText => Body.Span.StartsWith("\uFEFF"u8) ? Body["\uFEFF"u8.Length..] : Body;

    /// <param name="type">Of a source-generated context: <c>ShopJson.Default.Order</c>.</param>
    /// <returns>The body; null where it is the JSON literal <c>null</c>.</returns>
    /// <exception cref="JsonException">The body is no such JSON. A handler that lets it pass answers 500, and the sender tries again.</exception>
    public T? ReadJson<T>(JsonTypeInfo<T> type) => JsonSerializer.Deserialize(JsonText.Span, type);

    /// <summary>For ASP.NET Core, which calls it for a handler's parameter.</summary>
    /// <exception cref="InvalidOperationException">The handler was not mapped with <c>MapWebhook</c>, so nothing was checked.</exception>
    static ValueTask<Webhook?> IBindableFromHttpContext<Webhook>.BindAsync(HttpContext context, ParameterInfo parameter) =>
        context.Features.Get<CheckedWebhook>() is { } found
            ? ValueTask.FromResult<Webhook?>(found.Webhook)
            : throw new InvalidOperationException($"The handler of {context.Request.Path} takes a {nameof(Webhook)}: map it with MapWebhook, which checks it.");
}
