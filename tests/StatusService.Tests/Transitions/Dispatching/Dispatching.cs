using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.StatusService.Tests.Support;

namespace Waybill.StatusService.Tests.Transitions.Dispatching;

internal static class Dispatching
{
    public static Task<DispatchOutcome> DispatchAsync(this StatusClient client, string id) =>
        client.DispatchAsync(id, new DispatchRequest(Situation.Due), CancellationToken.None);

    /// <summary>Marks what is due, which must be so.</summary>
    public static async Task<NotificationRecord> DispatchedAsync(this StatusClient client, string id) =>
        Assert.IsType<DispatchOutcome.Dispatched>(await client.DispatchAsync(id)).Record;

    /// <summary>Gives up what is due, one of whose bounds must be reached.</summary>
    public static async Task<NotificationRecord> AbandonedAsync(this StatusClient client, string id) =>
        Assert.IsType<DispatchOutcome.Abandoned>(await client.DispatchAsync(id)).Record;
}
