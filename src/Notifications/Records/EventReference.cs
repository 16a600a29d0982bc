using System.Text.Json.Serialization;

namespace Waybill.Notifications.Records;

/// <summary>Which event a notification delivers, and to which endpoint.</summary>
/// <param name="Tenant">The owner's own id for its customer.</param>
public sealed record EventReference(
    [property: JsonRequired] string Id,
    [property: JsonRequired] string Type,
    [property: JsonRequired] string Tenant,
    [property: JsonRequired] string EndpointId);
