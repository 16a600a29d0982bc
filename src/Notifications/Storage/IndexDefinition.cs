namespace Waybill.Notifications.Storage;

/// <summary>A global secondary index that projects keys only. Partition keys are strings, sort keys numbers (milliseconds since 1970).</summary>
public sealed record IndexDefinition(string Name, string PartitionKey, string SortKey);
