using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Reading;
using Waybill.ServiceDefaults.Authentication;

namespace Waybill.StatusService.Page.Endpoints;

/// <summary>Whose tenant somebody is at: the caller's own, or for operators that of the owner in the address.</summary>
internal static class TenantPlace
{
    private const string Owner = "owner";

    public static (string Owner, string Tenant) Read(string tenant, HttpContext context, FieldErrors errors)
    {
        if (!Tenants.IsValid(tenant))
        {
            errors.Add("tenant", $"must be {Tenants.Allowed}.");
        }

        return (OwnerOf(context, errors) ?? context.User.OwnerName(), tenant);
    }

    /// <returns>Null where none is named.</returns>
    public static string? OwnerOf(HttpContext context, FieldErrors errors)
    {
        if (!context.Request.Query.TryGetValue(Owner, out var given))
        {
            return null;
        }

        if (context.User.OwnerNamed(given) is { } owner)
        {
            return owner;
        }

        errors.Add(Owner, "must be your own name: only an operator acts for others.");
        return null;
    }
}
