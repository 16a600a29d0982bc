namespace Waybill.Client.EntityFrameworkCore;

/// <summary>What the outbox tells OpenTelemetry.</summary>
public static class OutboxTelemetry
{
    /// <summary>Of its meter and of its activity source.</summary>
    public const string Name = "Waybill.Outbox";
}
