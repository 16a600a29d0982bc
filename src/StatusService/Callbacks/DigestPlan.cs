using System.Globalization;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;

namespace Waybill.StatusService.Callbacks;

/// <summary>Which failures one callback stands for. It is stored before the callback is made, so that whoever finishes it does the same.</summary>
/// <param name="Number">One more with each callback about the same.</param>
internal sealed record DigestPlan(int Number, DateTimeOffset At, IReadOnlyList<DigestMember> Members)
{
    /// <summary>The time, too, as the number begins anew where nothing has failed for long.</summary>
    public string EventId(DigestKey key) => EventIds.OfCallback(
        CallbackTypes.NotificationFailed,
        key.Text,
        Number.ToString(CultureInfo.InvariantCulture),
        At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
}

/// <summary>One failure: a notification that is redelivered may fail again.</summary>
internal readonly record struct DigestMember(string Id, int Epoch)
{
    public bool Is(NotificationRecord record) => record.Id == Id && record.Epoch == Epoch && record is { IsFinal: true } && record.Status == NotificationStatus.Failed;
}

/// <summary>What is known of the callbacks about one key.</summary>
/// <param name="Number">Of the last one; 0 for none.</param>
/// <param name="At">When that was.</param>
/// <param name="Open">The last one, if it may not be done.</param>
internal sealed record DigestHead(int Number, DateTimeOffset At, DigestPlan? Open)
{
    public static readonly DigestHead None = new(0, DateTimeOffset.MinValue, null);
}
