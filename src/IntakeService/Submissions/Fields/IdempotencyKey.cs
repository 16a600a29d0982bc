namespace Waybill.IntakeService.Submissions.Fields;

/// <summary>What a key may be that makes it safe to send a request again, wherever it is given.</summary>
internal static class IdempotencyKey
{
    public const int MaxLength = 255;

    public static bool IsAllowed(string key) =>
        key.Length is > 0 and <= MaxLength && key.All(character => character is > ' ' and <= '~');
}
