using Amazon.CDK.AWS.EC2;
using Waybill.Infra.Deployment;
using Waybill.Infra.Permissions;

namespace Waybill.Infra.Services;

/// <summary>How one service differs from the others.</summary>
internal sealed record ServiceSpec
{
    public required ServiceName Name { get; init; }

    public required string Digest { get; init; }

    public required ISecurityGroup Group { get; init; }

    /// <summary>Of <see cref="Network.SubnetGroups"/>.</summary>
    public required string Subnets { get; init; }

    /// <summary>Settings of the service's own, as environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required IReadOnlyDictionary<string, SecretField> Secrets { get; init; }

    /// <summary>What the service itself may do; telemetry comes besides.</summary>
    public required IReadOnlyList<Permission> Permissions { get; init; }

    /// <summary>What the platform grants between SIGTERM and SIGKILL, in seconds; at most 120.</summary>
    public required int StopSeconds { get; init; }

    public required Scale Scale { get; init; }

    /// <summary>Whether it serves the internal API to the others.</summary>
    public bool ServesInternalApi { get; init; }
}

/// <summary>Tasks at least, and at most. Two at least, so that one zone may fail.</summary>
internal sealed record Scale(int Min, int Max);
