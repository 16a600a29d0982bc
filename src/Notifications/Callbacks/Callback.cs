using System.Text.Json.Serialization;

namespace Waybill.Notifications.Callbacks;

/// <summary>The body of an event by which Waybill tells an owner something, as Standard Webhooks recommends it.</summary>
/// <param name="Type">One of <see cref="Endpoints.CallbackTypes"/>.</param>
/// <param name="Timestamp">When it was told; when it happened, <paramref name="Data"/> says.</param>
public sealed record Callback<T>(
    [property: JsonRequired] string Type,
    [property: JsonRequired] DateTimeOffset Timestamp,
    [property: JsonRequired] T Data);
