namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// Waybill in an application's model: its services are resources of their own below it. It is running once they all are healthy, so that
/// <c>WaitFor(waybill)</c> waits for that.
/// </summary>
/// <param name="name">As it is called in the dashboard; the services' names begin with it.</param>
public sealed class WaybillResource(string name) : Resource(name), IResourceWithWaitSupport
{
    /// <summary>Where notifications and events are posted: the base address of IntakeService.</summary>
    public EndpointReference Intake { get; internal set; } = null!;

    /// <summary>Where they are asked about: the base address of StatusService, which also has the operator page at <c>/</c>.</summary>
    public EndpointReference Status { get; internal set; } = null!;

    /// <summary>The key that clients show.</summary>
    public ParameterResource ApiKey { get; internal set; } = null!;

    /// <summary>What deliveries to URLs are signed with: <c>whsec_</c> and base 64. Endpoints have secrets of their own.</summary>
    public ParameterResource SigningSecret { get; internal set; } = null!;
}
