using System.Buffers;

namespace Waybill.Notifications.Endpoints;

/// <summary>An owner's own ids for its customers.</summary>
public static class Tenants
{
    public const int MaxLength = 128;

    /// <summary>Of each owner: what Waybill itself has to tell goes to its endpoints, and nobody else posts events to it.</summary>
    public const string Reserved = "waybill";

    /// <summary>Completes "must be …".</summary>
    public const string Allowed = "1 to 128 of the characters A–Z, a–z, 0–9, '.', '_', '~' and '-', and not '.' or '..'";

    private static readonly SearchValues<char> Characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~-");

    /// <summary>Those that are all dots have another meaning in a path (RFC 3986, 5.2.4).</summary>
    public static bool IsValid(string tenant) =>
        tenant.Length is > 0 and <= MaxLength && tenant is not ("." or "..") && !tenant.AsSpan().ContainsAnyExcept(Characters);
}
