using System.Text.Json;
using Waybill.IntakeService.Submissions.Fields;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Records;

namespace Waybill.IntakeService.Submissions;

/// <summary>
/// Reads a submission field by field, so that one answer names everything that is wrong with it. Written by hand because a
/// serializer stops at the first wrong field and would not keep the payload byte for byte.
/// </summary>
public static class SubmissionParser
{
    private const string TimeoutSeconds = "timeoutSeconds";
    private const string Notify = "notify";

    /// <summary>The fields there are, in the order of the documentation.</summary>
    public static IReadOnlyList<string> KnownFields { get; } =
    [
        UrlField.Name, MethodField.Name, HeadersField.Name,
        PayloadFields.Json, PayloadFields.Text, PayloadFields.Base64, ContentTypeField.Name,
        CorrelationIdField.Name, TimeoutSeconds, RetryScheduleField.Name, DeliverAtField.Name, Notify,
    ];

    /// <summary>Those whose values go to the receiver and are not looked into.</summary>
    public static IReadOnlyList<string> PassedOn { get; } = [PayloadFields.Json, PayloadFields.Text, PayloadFields.Base64];

    private static IReadOnlyList<string> EntryFields { get; } = [.. KnownFields, IdempotencyKeyField.Name];

    /// <param name="json">With the fields that are <see cref="PassedOn"/> apart.</param>
    /// <returns>Null when anything is wrong; <paramref name="errors"/> says what.</returns>
    public static Submission? Parse(JsonOutline json, DateTimeOffset now, FieldErrors errors)
    {
        var fields = new FieldReader(json, KnownFields, errors);
        return json.Root.ValueKind == JsonValueKind.Object ? Read(fields, now) : null;
    }

    /// <summary>Reads one entry of a batch, which may have its idempotency key beside its other fields.</summary>
    /// <returns>As <see cref="Parse"/>, and the key.</returns>
    public static (Submission? Submission, string? IdempotencyKey) ParseEntry(JsonOutline json, DateTimeOffset now, FieldErrors errors)
    {
        var fields = new FieldReader(json, EntryFields, errors);
        var key = IdempotencyKeyField.Read(fields);

        return (json.Root.ValueKind == JsonValueKind.Object ? Read(fields, now) : null, key);
    }

    private static Submission? Read(FieldReader fields, DateTimeOffset now)
    {
        var url = UrlField.Read(fields);
        var method = MethodField.Read(fields);
        var headers = HeadersField.Read(fields);
        var (body, contentType) = PayloadFields.Read(fields, method);

        var submission = new Submission
        {
            Request = new NotificationRequest(method, url ?? "", headers, contentType, body),
            CorrelationId = CorrelationIdField.Read(fields),
            TimeoutSeconds = fields.WholeNumber(TimeoutSeconds, DeliveryTiming.MinTimeoutSeconds, DeliveryTiming.MaxTimeoutSeconds)
                ?? DeliveryTiming.DefaultTimeoutSeconds,
            RetrySchedule = RetryScheduleField.Read(fields),
            DeliverAt = DeliverAtField.Read(fields, now),
            Notify = fields.TruthValue(Notify) ?? false,
        };

        return fields.Errors.Any ? null : submission;
    }
}
