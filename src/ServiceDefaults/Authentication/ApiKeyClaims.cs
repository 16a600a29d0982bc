using System.Security.Claims;

namespace Waybill.ServiceDefaults.Authentication;

public static class ApiKeyClaims
{
    internal const string Owner = "owner";

    /// <summary>The owner in whose name the caller acts.</summary>
    public static string OwnerName(this ClaimsPrincipal caller) =>
        caller.FindFirstValue(Owner) ?? throw new InvalidOperationException("The caller has no owner: the endpoint lacks RequireAuthorization.");

    /// <summary>Whether the caller may see and steer what <paramref name="owner"/> posted.</summary>
    public static bool MaySee(this ClaimsPrincipal caller, string owner) =>
        caller.VisibleOwner() is not { } visible || string.Equals(visible, owner, StringComparison.Ordinal);

    /// <summary>Whose notifications the caller may see and steer; null for everybody's.</summary>
    public static string? VisibleOwner(this ClaimsPrincipal caller) =>
        caller.IsInRole(ApiKeyRoles.Operator) ? null : caller.OwnerName();
}
