namespace Waybill.Simulation.Faults;

/// <param name="NotificationId">Null for one about no single notification, such as a query.</param>
/// <param name="FanOutStep">What it is to an event that is taken in, or to what an owner is told; null for all else.</param>
internal sealed record Operation(Boundary Boundary, string Name, string? NotificationId, string? FanOutStep = null);
