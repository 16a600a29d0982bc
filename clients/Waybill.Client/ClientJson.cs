using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Json;
using Waybill.Notifications.Records;

namespace Waybill.Client;

/// <summary>JSON of the public API, as its clients read and write it: fields they do not know are passed over.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(Rfc3339Converter)])]
[JsonSerializable(typeof(NotificationDraft))]
[JsonSerializable(typeof(BatchDrafts))]
[JsonSerializable(typeof(BatchResults))]
[JsonSerializable(typeof(Submitted))]
[JsonSerializable(typeof(NotificationView))]
[JsonSerializable(typeof(NotificationPage))]
[JsonSerializable(typeof(AttemptList))]
[JsonSerializable(typeof(StoredRequest))]
[JsonSerializable(typeof(BulkRedeliveryDraft))]
[JsonSerializable(typeof(BulkRedelivery))]
[JsonSerializable(typeof(EndpointDraft))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(EndpointView))]
[JsonSerializable(typeof(EndpointDetails))]
[JsonSerializable(typeof(EndpointList))]
[JsonSerializable(typeof(UnwellEndpoints))]
[JsonSerializable(typeof(PauseEndpoint))]
[JsonSerializable(typeof(EndpointSecret))]
[JsonSerializable(typeof(TenantList))]
[JsonSerializable(typeof(RotateSecret))]
[JsonSerializable(typeof(TestEvent))]
[JsonSerializable(typeof(EventDraft))]
[JsonSerializable(typeof(EventBatchDrafts))]
[JsonSerializable(typeof(EventBatchResults))]
[JsonSerializable(typeof(PublishedEvent))]
[JsonSerializable(typeof(EventDetails))]
[JsonSerializable(typeof(WaybillProblem))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(UnreadableLine))]
internal sealed partial class ClientJson : JsonSerializerContext;
