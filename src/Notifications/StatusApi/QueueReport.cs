using System.Text.Json.Serialization;

namespace Waybill.Notifications.StatusApi;

/// <summary>How many messages the queue holds, approximately, as an intake service read it: the status service has no access to the queue.</summary>
/// <param name="Waiting">Ready to be received.</param>
/// <param name="InFlight">Received, and not yet deleted or visible again.</param>
/// <param name="DeadLetters">In the dead-letter queue.</param>
/// <param name="ReadAt">By intake's clock.</param>
public sealed record QueueReport(
    [property: JsonRequired] int Waiting,
    [property: JsonRequired] int InFlight,
    [property: JsonRequired] int DeadLetters,
    [property: JsonRequired] DateTimeOffset ReadAt);
