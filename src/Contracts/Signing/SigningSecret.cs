namespace Waybill.Notifications.Signing;

/// <summary>Reads a secret as the Standard Webhooks specification writes it.</summary>
public static class SigningSecret
{
    public const string Prefix = "whsec_";
    public const int MinBytes = 24;
    public const int MaxBytes = 64;

    /// <returns>The key; null when the text is not a secret.</returns>
    public static byte[]? Parse(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var buffer = new byte[text.Length];
        var isBase64 = Convert.TryFromBase64String(text[Prefix.Length..], buffer, out var length);

        return isBase64 && length is >= MinBytes and <= MaxBytes ? buffer[..length] : null;
    }
}
