namespace Waybill.Simulation.Faults;

/// <summary>What lies on the other side of an await that leaves the process.</summary>
internal enum Boundary
{
    Table,
    Status,
    Queue,
}
