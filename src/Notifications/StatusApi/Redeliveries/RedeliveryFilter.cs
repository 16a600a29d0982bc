using System.Text.Json.Serialization;
using Waybill.Notifications.Records;

namespace Waybill.Notifications.StatusApi.Redeliveries;

/// <summary>What a job redelivers, of the notifications that have failed for good by the time it is created.</summary>
/// <param name="From">Created at this time or later.</param>
/// <param name="To">Created before this time.</param>
/// <param name="Host">With a URL of this host, with its port or without; null for all.</param>
/// <param name="Category">With this category of result; null for all.</param>
/// <param name="Owner">Whose; null for everybody's.</param>
/// <param name="Tenant">Of events of this tenant; null for all.</param>
/// <param name="EndpointId">Of events, for this endpoint; null for all.</param>
/// <param name="Held">Not what has failed, but what is held while an endpoint is paused.</param>
public sealed record RedeliveryFilter(
    [property: JsonRequired] DateTimeOffset From,
    [property: JsonRequired] DateTimeOffset To,
    string? Host = null,
    DeliveryCategory? Category = null,
    string? Owner = null,
    string? Tenant = null,
    string? EndpointId = null,
    bool Held = false)
{
    /// <summary>A release that does not know of owners and endpoints would redeliver what was not asked for.</summary>
    [JsonIgnore]
    public bool IsNarrowerThanBefore => (Owner, Tenant, EndpointId) is not (null, null, null);
}
