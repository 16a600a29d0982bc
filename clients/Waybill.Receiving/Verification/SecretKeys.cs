using Waybill.Notifications.Signing;

namespace Waybill.Receiving.Verification;

/// <summary>The keys that secrets stand for. What is wrong with one is said by its name; no message shows it.</summary>
internal static class SecretKeys
{
    /// <param name="name">What the list is called, in messages.</param>
    /// <exception cref="ArgumentException">One of them is no secret; the message names it.</exception>
    public static List<byte[]> Parse(IReadOnlyList<string> secrets, string name)
    {
        var faults = secrets.Select((secret, index) => FaultOf(secret, $"{name}[{index}]")).OfType<string>().ToList();
        return faults.Count == 0 ? [.. secrets.Select(secret => SigningSecret.Parse(secret)!)] : throw new ArgumentException(string.Join(' ', faults), name);
    }

    /// <returns>Null where it is a secret.</returns>
    public static string? FaultOf(string? secret, string name) => secret is not null && SigningSecret.Parse(secret) is not null
        ? null
        : $"{name} must be '{SigningSecret.Prefix}' and the base 64 of {SigningSecret.MinBytes} to {SigningSecret.MaxBytes} bytes.";
}
