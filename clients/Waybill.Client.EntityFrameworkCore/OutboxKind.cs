namespace Waybill.Client.EntityFrameworkCore;

/// <summary>What a row asks Waybill for. It is stored by its name.</summary>
public enum OutboxKind
{
    /// <summary>One call of a URL.</summary>
    Notification,

    /// <summary>What happened to a tenant, for each of its endpoints that take it.</summary>
    Event,
}
