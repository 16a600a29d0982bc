using System.Text.Json;
using Waybill.Notifications.Json;
using Waybill.Notifications.Reading;
using Waybill.Notifications.Reading.Fields;

namespace Waybill.Hosting.Endpoints;

/// <summary>An event to see whether an endpoint gets what it should; it gets it whatever types it takes.</summary>
public static class TestEvent
{
    public const string DefaultType = "waybill.test";
    public const string ContentType = "application/json";

    /// <param name="json">Null for no body.</param>
    /// <returns>Its type.</returns>
    public static string ReadType(JsonOutline? json, FieldErrors errors)
    {
        if (json is null)
        {
            return DefaultType;
        }

        var fields = new FieldReader(json, [EventTypeField.Name], errors);
        return json.Root.ValueKind == JsonValueKind.Object ? EventTypeField.Read(fields, required: false) ?? DefaultType : DefaultType;
    }

    public static byte[] Body(string type, string endpointId, DateTimeOffset now) =>
        JsonSerializer.SerializeToUtf8Bytes(new { type, timestamp = Rfc3339.Text(now), data = new { test = true, endpointId } });
}
