using System.Security.Claims;
using Waybill.Notifications.Endpoints;
using Waybill.ServiceDefaults.Authentication;

namespace Waybill.IntakeService.Endpoints;

/// <summary>Whose tenant a path names: the caller's own, or for operators that of the owner who is named.</summary>
internal static class TenantPath
{
    public const string Tenant = "tenant";
    public const string Owner = "owner";

    public static (string Owner, string Tenant) Read(string tenant, HttpContext context, FieldErrors errors)
    {
        if (!Tenants.IsValid(tenant))
        {
            errors.Add(Tenant, $"must be {Tenants.Allowed}.");
        }

        return (OwnerOf(context.User, context.Request.Query, errors), tenant);
    }

    private static string OwnerOf(ClaimsPrincipal caller, IQueryCollection query, FieldErrors errors)
    {
        foreach (var name in query.Keys.Where(name => name != Owner))
        {
            errors.Add(name, $"is not a known parameter. Known is: {Owner}.");
        }

        if (!query.TryGetValue(Owner, out var given))
        {
            return caller.OwnerName();
        }

        if (caller.OwnerNamed(given) is { } owner)
        {
            return owner;
        }

        errors.Add(Owner, "must be your own name: only an operator acts for others.");
        return caller.OwnerName();
    }
}
