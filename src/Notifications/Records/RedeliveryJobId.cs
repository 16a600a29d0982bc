namespace Waybill.Notifications.Records;

/// <summary>Ids of bulk redeliveries, opaque to operators; they begin with the time of creation.</summary>
public static class RedeliveryJobId
{
    public const string Prefix = "rdj_";

    private static readonly OpaqueId Ids = new(Prefix);

    public static string New(DateTimeOffset now) => Ids.New(now);

    public static bool IsValid(string? id) => Ids.IsValid(id);
}
