using System.Text.Json.Serialization;
using Waybill.Notifications.Records;

namespace Waybill.Notifications.StatusApi.Events;

/// <param name="Notifications">Those of the event, in the order of its endpoints, as they are now.</param>
public sealed record AcceptEventResponse([property: JsonRequired] EventRecord Event, [property: JsonRequired] IReadOnlyList<NotificationRecord> Notifications);

/// <param name="Applied">False: an event with that id was there already, and this is it.</param>
/// <param name="Answer">Null when there is no such endpoint, of a test.</param>
public sealed record EventOutcome(bool Applied, AcceptEventResponse? Answer);
