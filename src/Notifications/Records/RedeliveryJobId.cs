using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Waybill.Notifications.Records;

/// <summary>Ids of bulk redeliveries, opaque to operators; but for those of releases they begin with the time of creation.</summary>
public static class RedeliveryJobId
{
    public const string Prefix = "rdj_";

    private static readonly OpaqueId Ids = new(Prefix);

    public static string New(DateTimeOffset now) => Ids.New(now);

    /// <summary>Of the job that makes due what was held for an endpoint: the same for the same end of a pause.</summary>
    public static string OfRelease(string endpointId, DateTimeOffset at) =>
        Ids.Of(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{endpointId} {at.ToUnixTimeMilliseconds()}"))).AsSpan(0, OpaqueId.Bytes));

    public static bool IsValid(string? id) => Ids.IsValid(id);
}
