namespace Waybill.IntakeService.Endpoints;

/// <summary>How a secret is rotated.</summary>
/// <remarks>The body's shape for the OpenAPI description; <see cref="Waybill.Hosting.Endpoints.SecretRotation"/> reads it.</remarks>
internal sealed record RotateBody
{
    /// <summary>As JSON text.</summary>
    public const string Example = """{ "keepOldUntil": "2026-11-27T20:17:06.927Z" }""";

    /// <summary>Until then deliveries are signed with the old secret, too; at most 30 days ahead.</summary>
    public DateTimeOffset? KeepOldUntil { get; init; }
}
