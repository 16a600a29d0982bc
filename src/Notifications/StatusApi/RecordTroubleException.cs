namespace Waybill.Notifications.StatusApi;

/// <summary>
/// One record cannot be read or written as it is: it is corrupt or too large, or DynamoDB refuses it, or the status service failed on it and
/// nothing else. It says nothing about the others, and nothing about the status service: that, or the table, is away only where
/// <see cref="StatusUnavailableException"/> says so.
/// </summary>
public sealed class RecordTroubleException(string id, string reason, Exception? inner = null) : Exception($"{id} cannot be read or written: {reason}", inner)
{
    public string Id => id;

    public string Reason => reason;

    /// <summary>True: asked again, the answer is the same until somebody mends the record or another release comes.</summary>
    public bool ForGood { get; init; } = true;

    /// <summary>Whose it is, as far as that can be read; null where it cannot.</summary>
    public string? Owner { get; init; }
}
