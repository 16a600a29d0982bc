namespace Waybill.Notifications.Records;

/// <summary>
/// Hides the values of headers that look secret. It judges by name, and by the scheme of a value, and rather hides one too
/// many: whoever posted the header knows what is in it.
/// </summary>
public static class SecretHeaders
{
    public const string Masked = "***";

    /// <summary>A header whose name contains one of these, in upper or lower case, is secret.</summary>
    private static readonly string[] Names =
        ["auth", "cookie", "token", "secret", "key", "password", "passwd", "pwd", "signature", "credential", "session", "jwt"];

    private static readonly string[] Schemes = ["Bearer ", "Basic ", "Digest "];

    public static OrderedDictionary<string, string> Mask(IReadOnlyDictionary<string, string> headers)
    {
        var masked = new OrderedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);

        foreach (var (name, value) in headers)
        {
            masked[name] = LooksSecret(name, value) ? Masked : value;
        }

        return masked;
    }

    private static bool LooksSecret(string name, string value) =>
        Names.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase))
        || Schemes.Any(scheme => value.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));
}
