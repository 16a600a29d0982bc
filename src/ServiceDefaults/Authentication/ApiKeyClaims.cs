using System.Security.Claims;
using Microsoft.Extensions.Primitives;

namespace Waybill.ServiceDefaults.Authentication;

public static class ApiKeyClaims
{
    /// <summary>Characters of an owner's name in a request; no key of a table has room for any length.</summary>
    public const int MaxOwnerLength = 64;

    private const string Owner = "owner";
    private const string Hash = "key-hash";

    /// <summary>Who calls with a key, whichever way it was shown.</summary>
    /// <param name="scheme">The authentication scheme that found it.</param>
    public static ClaimsIdentity IdentityOf(ApiKey key, string scheme) => new(
        [
            new Claim(ClaimTypes.Name, key.Name),
            new Claim(Owner, key.Owner),
            new Claim(ClaimTypes.Role, key.Role),
            new Claim(Hash, key.Sha256),
        ],
        scheme);

    /// <summary>The owner in whose name the caller acts.</summary>
    public static string OwnerName(this ClaimsPrincipal caller) =>
        caller.FindFirstValue(Owner) ?? throw new InvalidOperationException("The caller has no owner: the endpoint lacks RequireAuthorization.");

    /// <summary>SHA-256 of the caller's key, as it is configured: tells apart keys of one name.</summary>
    public static string KeyHash(this ClaimsPrincipal caller) =>
        caller.FindFirstValue(Hash) ?? throw new InvalidOperationException("The caller has no key: the endpoint lacks RequireAuthorization.");

    /// <summary>Whether the caller may see and steer what <paramref name="owner"/> posted.</summary>
    public static bool MaySee(this ClaimsPrincipal caller, string owner) =>
        caller.VisibleOwner() is not { } visible || string.Equals(visible, owner, StringComparison.Ordinal);

    /// <summary>Whom a caller names to act for, in a request that may name one.</summary>
    /// <param name="named">As given, once.</param>
    /// <returns>Null where that is nobody, or nobody whom the caller may act for.</returns>
    public static string? OwnerNamed(this ClaimsPrincipal caller, StringValues named) =>
        named is [{ Length: > 0 and <= MaxOwnerLength } owner] && caller.MaySee(owner) ? owner : null;

    /// <summary>Whose notifications the caller may see and steer; null for everybody's.</summary>
    public static string? VisibleOwner(this ClaimsPrincipal caller) =>
        caller.IsInRole(ApiKeyRoles.Operator) ? null : caller.OwnerName();
}
