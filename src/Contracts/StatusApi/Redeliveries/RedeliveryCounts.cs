using System.Text.Json.Serialization;

namespace Waybill.Notifications.StatusApi.Redeliveries;

/// <summary>How far a job is, in notifications.</summary>
/// <param name="Seen">Looked at: failures that may be meant.</param>
/// <param name="Matched">Of them, those that the filter takes.</param>
/// <param name="Redelivered">Of those, the ones that were set to be delivered again; each is counted once.</param>
/// <param name="Skipped">Matched, but somebody else had moved them on before the job could, or the record could not be written.</param>
/// <param name="Unreadable">Looked at, but the record cannot be read.</param>
public sealed record RedeliveryCounts(
    [property: JsonRequired] long Seen,
    [property: JsonRequired] long Matched,
    [property: JsonRequired] long Redelivered,
    [property: JsonRequired] long Skipped,
    long Unreadable = 0)
{
    public static RedeliveryCounts None { get; } = new(0, 0, 0, 0);
}
