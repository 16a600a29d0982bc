using Microsoft.Extensions.Primitives;

namespace Waybill.IntakeService.Submissions.Fields;

/// <summary><c>Idempotency-Key</c>: makes it safe to send a request again.</summary>
internal static class IdempotencyKeyHeader
{
    public const string Name = "Idempotency-Key";
    public const int MaxLength = 255;

    /// <returns>Null when there is none, or it is wrong.</returns>
    public static string? Read(StringValues header, FieldErrors errors)
    {
        if (header.Count == 0)
        {
            return null;
        }

        if (header is [{ Length: > 0 and <= MaxLength } key] && key.All(character => character is > ' ' and <= '~'))
        {
            return key;
        }

        errors.Add(Name, $"must be one header of 1 to {MaxLength} visible ASCII characters without spaces.");
        return null;
    }
}
