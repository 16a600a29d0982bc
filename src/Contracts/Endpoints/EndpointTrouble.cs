using System.Text.Json.Serialization;
using Waybill.Notifications.Records;

namespace Waybill.Notifications.Endpoints;

/// <summary>The failed attempt with which an endpoint's trouble began, or that disabled it.</summary>
/// <param name="StatusCode">Of the answer; null without one.</param>
/// <param name="Code">Of the error; null of an answer.</param>
public sealed record EndpointTrouble(
    [property: JsonRequired] string NotificationId,
    [property: JsonRequired] DeliveryCategory Category,
    [property: JsonRequired] DateTimeOffset At,
    int? StatusCode = null,
    string? Code = null);
