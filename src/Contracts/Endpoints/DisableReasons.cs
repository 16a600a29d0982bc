namespace Waybill.Notifications.Endpoints;

/// <summary>Why an endpoint is disabled, as it is stored and published. Texts and no enumeration: a reason of another release is passed on as it is.</summary>
public static class DisableReasons
{
    /// <summary>It answered 410.</summary>
    public const string Gone = "GONE";

    /// <summary>All attempts of the last days failed, and they were not few.</summary>
    public const string Failing = "FAILING";

    /// <summary>Its owner, or an operator for it, asked for it.</summary>
    public const string ByOwner = "BY_OWNER";
}
