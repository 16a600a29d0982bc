using System.Text.Json;
using Waybill.Notifications.Json;
using Waybill.Notifications.Reading;

namespace Waybill.Hosting.Endpoints;

/// <summary>Reads how long an endpoint is paused.</summary>
public static class EndpointPause
{
    public const string Field = "until";

    private const int MostDays = 30;

    private static readonly string Allowed = $"{Rfc3339.Allowed}, in the future and at most {MostDays} days ahead";

    /// <summary>A pause ends by itself: what is held for it is not to be kept for ever.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(MostDays);

    /// <returns>When it ends; null when it is left out or wrong, which <paramref name="errors"/> then say.</returns>
    public static DateTimeOffset? Read(JsonOutline json, DateTimeOffset now, FieldErrors errors)
    {
        var fields = new FieldReader(json, [Field], errors);

        if (json.Root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (fields.Find(Field) is null)
        {
            errors.Add(Field, $"is required: {Allowed}.");
            return null;
        }

        var until = TimeText.Read(fields, Field);

        if (until <= now || until > now + Longest)
        {
            errors.Add(Field, $"must be {Allowed}.");
        }

        return until;
    }
}
