using System.Text.Json;
using System.Text.Json.Serialization;
using Waybill.Notifications.Callbacks;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.Notifications.StatusApi.Events;
using Waybill.Notifications.StatusApi.Redeliveries;

namespace Waybill.Notifications.Json;

/// <summary>JSON of the shared vocabulary: camelCase, nulls left out, times in RFC 3339 with milliseconds.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [typeof(Rfc3339Converter)])]
[JsonSerializable(typeof(NotificationView))]
[JsonSerializable(typeof(NotificationRecord))]
[JsonSerializable(typeof(AcceptRequest))]
[JsonSerializable(typeof(RollBackRequest))]
[JsonSerializable(typeof(DispatchRequest))]
[JsonSerializable(typeof(ClaimRequest))]
[JsonSerializable(typeof(ClaimResponse))]
[JsonSerializable(typeof(TicketsRequest))]
[JsonSerializable(typeof(TicketsResponse))]
[JsonSerializable(typeof(ReleaseRequest))]
[JsonSerializable(typeof(ResultRequest))]
[JsonSerializable(typeof(DueResponse))]
[JsonSerializable(typeof(QueueReport))]
[JsonSerializable(typeof(RedeliverByJobRequest))]
[JsonSerializable(typeof(RedeliveryJob))]
[JsonSerializable(typeof(RedeliveryJobs))]
[JsonSerializable(typeof(RedeliveryPage))]
[JsonSerializable(typeof(CreateJobRequest))]
[JsonSerializable(typeof(LeaseJobRequest))]
[JsonSerializable(typeof(CheckpointRequest))]
[JsonSerializable(typeof(AcceptEventRequest))]
[JsonSerializable(typeof(AcceptEventResponse))]
[JsonSerializable(typeof(CreateEndpointRequest))]
[JsonSerializable(typeof(ChangeEndpointRequest))]
[JsonSerializable(typeof(RotateSecretRequest))]
[JsonSerializable(typeof(DeleteEndpointRequest))]
[JsonSerializable(typeof(EndpointStateRequest))]
[JsonSerializable(typeof(UpkeepResponse))]
[JsonSerializable(typeof(Callback<NotificationsFailed>), TypeInfoPropertyName = "CallbackNotificationsFailed")]
[JsonSerializable(typeof(Callback<NotificationSucceeded>), TypeInfoPropertyName = "CallbackNotificationSucceeded")]
[JsonSerializable(typeof(Callback<EndpointFailing>), TypeInfoPropertyName = "CallbackEndpointFailing")]
[JsonSerializable(typeof(Callback<EndpointDisabled>), TypeInfoPropertyName = "CallbackEndpointDisabled")]
[JsonSerializable(typeof(Callback<EndpointRecovered>), TypeInfoPropertyName = "CallbackEndpointRecovered")]
[JsonSerializable(typeof(EndpointKey))]
[JsonSerializable(typeof(EndpointAnswer))]
public sealed partial class NotificationsJson : JsonSerializerContext;
