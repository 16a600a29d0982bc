namespace Waybill.Client;

/// <summary>Where Waybill is, and who asks.</summary>
public sealed record WaybillClientOptions
{
    /// <summary>Base address of IntakeService.</summary>
    public required Uri IntakeUrl { get; init; }

    /// <summary>Base address of StatusService.</summary>
    public required Uri StatusUrl { get; init; }

    public required string ApiKey { get; init; }
}
