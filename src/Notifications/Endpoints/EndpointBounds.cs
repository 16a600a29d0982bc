namespace Waybill.Notifications.Endpoints;

/// <summary>How many there may be.</summary>
public static class EndpointBounds
{
    /// <summary>Endpoints of one tenant.</summary>
    public const int MostOfTenant = 100;

    /// <summary>Secrets of one endpoint that are valid at the same time, as each call is signed with all of them.</summary>
    public const int MostSecrets = 5;
}
