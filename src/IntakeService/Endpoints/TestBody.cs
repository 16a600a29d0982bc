using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Waybill.IntakeService.Events;
using Waybill.IntakeService.Reading;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Json;

namespace Waybill.IntakeService.Endpoints;

/// <summary>What a test event is like.</summary>
internal sealed record TestBody
{
    public const string Field = "type";
    public const string DefaultType = "waybill.test";

    /// <summary>As JSON text.</summary>
    public const string Example = """{ "type": "order.paid" }""";

    /// <summary>Its type; the endpoint gets it whatever types it takes.</summary>
    [MaxLength(EventTypes.MaxLength)]
    [DefaultValue(DefaultType)]
    public string? Type { get; init; }

    /// <param name="json">Null for no body.</param>
    public static string Read(JsonOutline? json, FieldErrors errors)
    {
        if (json is null)
        {
            return DefaultType;
        }

        var fields = new FieldReader(json, [Field], errors);
        return json.Root.ValueKind == JsonValueKind.Object ? EventReader.Type(fields, required: false) ?? DefaultType : DefaultType;
    }

    public static EventSubmission Event(string type, string tenant, string endpointId, DateTimeOffset now) => new()
    {
        Type = type,
        Tenant = tenant,
        ContentType = "application/json",
        Body = JsonSerializer.SerializeToUtf8Bytes(new { type, timestamp = Rfc3339.Text(now), data = new { test = true, endpointId } }),
    };
}
