using System.Text.Json;
using System.Text.Json.Serialization;
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
[JsonSerializable(typeof(WaybillProblem))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(UnreadableLine))]
internal sealed partial class ClientJson : JsonSerializerContext;
