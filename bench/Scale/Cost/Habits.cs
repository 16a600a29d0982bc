namespace Waybill.Bench.Scale.Cost;

/// <summary>What a deployment does with each notification besides delivering it. Units for a million are those of docs/cost.md.</summary>
internal sealed record Habits
{
    /// <summary>As deployed.</summary>
    public static readonly Habits Deployed = new()
    {
        CapacityUse = null,
        QueueRequests = 3,
        Traces = 1,
        Logs = 1,
        NatGigabytes = 16,
        EndpointGigabytes = 0,
        Endpoints = 0,
    };

    /// <summary>With what docs/scale.md says to change.</summary>
    public static readonly Habits Tuned = new()
    {
        CapacityUse = 0.7,
        QueueRequests = 0.6,
        Traces = 0.01,
        Logs = 0.1,
        NatGigabytes = 3,
        EndpointGigabytes = 3,
        Endpoints = 4,
    };

    /// <summary>Share of the provisioned capacity that is used; null for capacity on demand.</summary>
    public required double? CapacityUse { get; init; }

    public required double QueueRequests { get; init; }

    /// <summary>Share of the notifications that become a trace.</summary>
    public required double Traces { get; init; }

    /// <summary>Share of the log that is kept.</summary>
    public required double Logs { get; init; }

    public required double NatGigabytes { get; init; }

    public required double EndpointGigabytes { get; init; }

    /// <summary>Interface endpoints, each in two zones.</summary>
    public required int Endpoints { get; init; }
}
