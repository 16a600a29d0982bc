using System.Text;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;

namespace Waybill.TestSupport;

/// <summary>Builds what intake asks the status service to store.</summary>
public static class Submissions
{
    public static AcceptRequest New(string? id = null, string owner = "alice", string url = "http://127.0.0.1:9/hook") => new()
    {
        Id = id ?? NotificationId.New(DateTimeOffset.UtcNow),
        Owner = owner,
        Request = new NotificationRequest(
            "POST",
            url,
            new Dictionary<string, string> { ["X-Order"] = "4711", ["Accept"] = "*/*" },
            "application/json",
            Encoding.UTF8.GetBytes("""{"order":4711}""")),
        Fingerprint = "fingerprint-of-" + url,
        TimeoutSeconds = DeliveryTiming.DefaultTimeoutSeconds,
        CorrelationId = "order-4711",
        Traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    };
}
