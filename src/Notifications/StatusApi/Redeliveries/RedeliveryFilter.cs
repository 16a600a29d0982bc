using System.Text.Json.Serialization;
using Waybill.Notifications.Records;

namespace Waybill.Notifications.StatusApi.Redeliveries;

/// <summary>What a job redelivers, of the notifications that have failed for good by the time it is created.</summary>
/// <param name="From">Created at this time or later.</param>
/// <param name="To">Created before this time.</param>
/// <param name="Host">With a URL of this host, with its port or without; null for all.</param>
/// <param name="Category">With this category of result; null for all.</param>
public sealed record RedeliveryFilter(
    [property: JsonRequired] DateTimeOffset From,
    [property: JsonRequired] DateTimeOffset To,
    string? Host = null,
    DeliveryCategory? Category = null);
