using System.Text.Json;
using Waybill.Notifications.Reading;

namespace Waybill.Hosting.Endpoints;

/// <summary>Reads how a secret is rotated.</summary>
public static class SecretRotation
{
    public const string Field = "keepOldUntil";

    private const int MostDays = 30;

    /// <param name="json">Null for no body.</param>
    /// <returns>Until when the old one stays valid; null for not at all.</returns>
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
