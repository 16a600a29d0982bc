using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Waybill.Hosting.Endpoints;
using Waybill.IntakeService.Events;
using Waybill.Notifications.Endpoints;

namespace Waybill.IntakeService.Endpoints;

/// <summary>What a test event is like.</summary>
/// <remarks>The body's shape for the OpenAPI description; <see cref="TestEvent"/> reads it.</remarks>
internal sealed record TestBody
{
    /// <summary>As JSON text.</summary>
    public const string Example = """{ "type": "order.paid" }""";

    /// <summary>Its type; the endpoint gets it whatever types it takes.</summary>
    [MaxLength(EventTypes.MaxLength)]
    [DefaultValue(TestEvent.DefaultType)]
    public string? Type { get; init; }

    public static EventSubmission Event(string type, string tenant, string endpointId, DateTimeOffset now) => new()
    {
        Type = type,
        Tenant = tenant,
        ContentType = TestEvent.ContentType,
        Body = TestEvent.Body(type, endpointId, now),
    };
}
