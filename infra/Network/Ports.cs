namespace Waybill.Infra.Network;

/// <summary>Ports on which containers listen.</summary>
internal static class Ports
{
    /// <summary>The public API and the probes of each service.</summary>
    public const int Public = 8080;

    /// <summary>StatusService's internal API; never a target of the load balancer.</summary>
    public const int Internal = 5112;

    /// <summary>The collector beside each service, on loopback: OTLP over gRPC.</summary>
    public const int Otlp = 4317;
}
