using Microsoft.Extensions.Primitives;

namespace Waybill.IntakeService.Submissions.Fields;

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
