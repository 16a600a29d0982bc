namespace Waybill.Simulation.Faults;

/// <param name="NotificationId">Null for one about no single notification, such as a query.</param>
internal sealed record Operation(Boundary Boundary, string Name, string? NotificationId);
