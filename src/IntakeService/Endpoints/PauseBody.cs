namespace Waybill.IntakeService.Endpoints;

/// <summary>How long an endpoint is paused.</summary>
/// <remarks>The body's shape for the OpenAPI description; <see cref="Waybill.Hosting.Endpoints.EndpointPause"/> reads it.</remarks>
internal sealed record PauseBody
{
    /// <summary>As JSON text.</summary>
    public const string Example = """{ "until": "2026-11-21T08:00:00Z" }""";

    /// <summary>When the pause ends by itself; at most 30 days ahead.</summary>
    public required DateTimeOffset Until { get; init; }
}
