namespace Waybill.Notifications.Records;

/// <summary>Error codes of what ended without a worker's report. docs/errors.md says what each means.</summary>
public static class EndCodes
{
    /// <summary>In the history alone: an attempt whose worker never reported.</summary>
    public const string LeaseExpired = "lease_expired";

    public const string ClaimsUsedUp = "claims_used_up";
    public const string NeverClaimed = "never_claimed";
    public const string TooOld = "too_old";
    public const string RequestExpired = "request_expired";
    public const string Cancelled = "cancelled";

    /// <summary>Of an event: its endpoint was disabled when it came, or when its turn came.</summary>
    public const string EndpointDisabled = "endpoint_disabled";

    /// <summary>Of an event: its endpoint is no more.</summary>
    public const string EndpointDeleted = "endpoint_deleted";
}
