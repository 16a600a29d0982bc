using System.Text.Json;
using System.Text.Json.Serialization;
using Waybill.Notifications.Json;

namespace Waybill.Client.EntityFrameworkCore.Rows;

/// <summary>JSON in rows. A field that this release does not know is an error, or a row of a later release would be sent without it.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(Rfc3339Converter)])]
[JsonSerializable(typeof(BatchDraft))]
[JsonSerializable(typeof(EventBatchDraft))]
[JsonSerializable(typeof(WaybillProblem))]
internal sealed partial class OutboxJson : JsonSerializerContext;
