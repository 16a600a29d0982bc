using System.Text.Json;
using Waybill.IntakeService.Reading;

namespace Waybill.IntakeService.Endpoints;

/// <summary>How a secret is rotated.</summary>
internal sealed record RotateBody
{
    public const string Field = "keepOldUntil";

    /// <summary>As JSON text.</summary>
    public const string Example = """{ "keepOldUntil": "2026-11-27T20:17:06.927Z" }""";

    private const int MostDays = 30;

    /// <summary>Until then deliveries are signed with the old secret, too; at most 30 days ahead.</summary>
    public DateTimeOffset? KeepOldUntil { get; init; }

    /// <param name="json">Null for no body.</param>
    public static DateTimeOffset? Read(JsonOutline? json, DateTimeOffset now, FieldErrors errors)
    {
        if (json is null)
        {
            return null;
        }

        var fields = new FieldReader(json, [Field], errors);
        var until = json.Root.ValueKind == JsonValueKind.Object ? TimeText.Read(fields, Field) : null;

        if (until <= now)
        {
            errors.Add(Field, "must be in the future; left out, the old secret is not valid any more.");
        }
        else if (until > now.AddDays(MostDays))
        {
            errors.Add(Field, $"must be at most {MostDays} days ahead.");
        }

        return until;
    }
}
