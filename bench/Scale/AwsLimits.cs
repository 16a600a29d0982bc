namespace Waybill.Bench.Scale;

/// <summary>What AWS documents as limits and default quotas; docs/scale.md names the page of each.</summary>
internal static class AwsLimits
{
    /// <summary>Of one DynamoDB partition, of a table or of an index.</summary>
    public const int PartitionWriteUnits = 1_000;

    public const int PartitionReadUnits = 3_000;

    /// <summary>Of an on-demand table and of each of its indexes; a quota that can be raised.</summary>
    public const int TableUnits = 40_000;

    /// <summary>What a new on-demand table or index takes at once.</summary>
    public const int NewTableWriteUnits = 4_000;

    /// <summary>Of one standard queue, received and not yet deleted.</summary>
    public const int MessagesInFlight = 120_000;

    /// <summary>In one call to SQS.</summary>
    public const int MessagesInBatch = 10;

    /// <summary>From one address of a NAT gateway to one address and port.</summary>
    public const int NatConnections = 55_000;

    public const int XRaySegments = 2_600;

    /// <summary>Addresses that AWS keeps of each subnet.</summary>
    public const int ReservedAddresses = 5;
}
