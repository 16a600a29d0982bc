using System.Text.Json;
using Waybill.IntakeService.Submissions.Fields;
using Waybill.Notifications.Endpoints;

namespace Waybill.IntakeService.Events;

/// <summary>Reads an event field by field, so that one answer names everything that is wrong with it.</summary>
internal static class EventReader
{
    public const string TenantField = "tenant";

    /// <summary>The fields there are, in the order of the documentation.</summary>
    public static IReadOnlyList<string> KnownFields { get; } =
    [
        EventTypeField.Name, TenantField, PayloadFields.Json, PayloadFields.Text, PayloadFields.Base64, ContentTypeField.Name, CorrelationIdField.Name, DeliverAtField.Name,
    ];

    /// <summary>Those whose values go to the receivers and are not looked into.</summary>
    public static IReadOnlyList<string> PassedOn { get; } = [PayloadFields.Json, PayloadFields.Text, PayloadFields.Base64];

    private static IReadOnlyList<string> EntryFields { get; } = [.. KnownFields, IdempotencyKeyField.Name];

    /// <param name="json">With the fields that are <see cref="PassedOn"/> apart.</param>
    /// <returns>Null when anything is wrong; <paramref name="errors"/> says what.</returns>
    public static EventSubmission? Parse(JsonOutline json, DateTimeOffset now, FieldErrors errors)
    {
        var fields = new FieldReader(json, KnownFields, errors);
        return json.Root.ValueKind == JsonValueKind.Object ? Read(fields, now) : null;
    }

    /// <summary>Reads one entry of a batch, which may have its idempotency key beside its other fields.</summary>
    /// <returns>As <see cref="Parse"/>, and the key.</returns>
    public static (EventSubmission? Submission, string? IdempotencyKey) ParseEntry(JsonOutline json, DateTimeOffset now, FieldErrors errors)
    {
        var fields = new FieldReader(json, EntryFields, errors);
        var key = IdempotencyKeyField.Read(fields);

        return (json.Root.ValueKind == JsonValueKind.Object ? Read(fields, now) : null, key);
    }

    private static EventSubmission? Read(FieldReader fields, DateTimeOffset now)
    {
        var type = EventTypeField.Read(fields, required: true);
        var tenant = Tenant(fields);
        var (body, contentType) = PayloadFields.Read(fields, MethodField.Default);

        var submission = new EventSubmission
        {
            Type = type ?? "",
            Tenant = tenant ?? "",
            Body = body,
            ContentType = contentType,
            CorrelationId = CorrelationIdField.Read(fields),
            DeliverAt = DeliverAtField.Read(fields, now),
        };

        return fields.Errors.Any ? null : submission;
    }

    private static string? Tenant(FieldReader fields)
    {
        if (fields.Find(TenantField) is null)
        {
            fields.Errors.Add(TenantField, $"is required: {Tenants.Allowed}.");
            return null;
        }

        var text = fields.Text(TenantField, Tenants.Allowed);

        if (text == Tenants.Reserved)
        {
            fields.Errors.Add(TenantField, $"must not be '{Tenants.Reserved}': that is reserved for what Waybill itself has to tell.");
        }
        else if (text is not null && !Tenants.IsValid(text))
        {
            fields.Errors.Add(TenantField, $"must be {Tenants.Allowed}.");
        }

        return text;
    }
}
