using Microsoft.Extensions.Primitives;

namespace Waybill.IntakeService.Submissions.Fields;

/// <summary>What a key may be that makes it safe to send a request again, wherever it is given.</summary>
internal static class IdempotencyKey
{
    public const int MaxLength = 255;

    public static bool IsAllowed(string key) =>
        key.Length is > 0 and <= MaxLength && key.All(character => character is > ' ' and <= '~');
}

/// <summary><c>Idempotency-Key</c>: makes it safe to send a request again.</summary>
internal static class IdempotencyKeyHeader
{
    public const string Name = "Idempotency-Key";

    /// <returns>Null when there is none, or it is wrong.</returns>
    public static string? Read(StringValues header, FieldErrors errors)
    {
        if (header.Count == 0)
        {
            return null;
        }

        if (header is [{ } key] && IdempotencyKey.IsAllowed(key))
        {
            return key;
        }

        errors.Add(Name, $"must be one header of 1 to {IdempotencyKey.MaxLength} visible ASCII characters without spaces.");
        return null;
    }
}

/// <summary><c>idempotencyKey</c>: what the header is to a single notification, for one entry of a batch.</summary>
internal static class IdempotencyKeyField
{
    public const string Name = "idempotencyKey";

    private static readonly string Allowed = $"a text of 1 to {IdempotencyKey.MaxLength} visible ASCII characters without spaces";

    public static string? Read(FieldReader fields)
    {
        var key = fields.Text(Name, Allowed);

        if (key is null || IdempotencyKey.IsAllowed(key))
        {
            return key;
        }

        fields.Errors.Add(Name, $"must be {Allowed}.");
        return null;
    }
}
