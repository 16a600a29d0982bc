namespace Waybill.Notifications.Storage;

/// <summary>A global secondary index that projects keys only. The types of its keys are in <see cref="TableDefinition.KeyTypes"/>.</summary>
public sealed record IndexDefinition(string Name, string PartitionKey, string SortKey);
