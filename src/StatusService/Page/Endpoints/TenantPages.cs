using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Reading;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Problems;
using Waybill.StatusService.Endpoints;
using Waybill.StatusService.Page.Sessions;
using Waybill.StatusService.Problems;

namespace Waybill.StatusService.Page.Endpoints;

/// <summary>The page's list of tenants: a client's own, and to an operator those of all owners, which the public API has one owner at a time.</summary>
internal static class TenantPages
{
    private const int PageSize = 100;
    private const string AfterOwner = "afterOwner";
    private const string AfterTenant = "afterTenant";

    public static void MapPageTenants(this WebApplication app) =>
        app.MapGroup("/page/tenants")
            .RequireSession()
            .AddEndpointFilter<TableUnavailableFilter>()
            .AddEndpointFilter<RecordTroubleFilter>()
            .ExcludeFromDescription()
            .MapGet("", List);

    private static async Task<IResult> List(HttpContext context, EndpointStore store, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var owner = TenantPlace.OwnerOf(context, errors) ?? context.User.VisibleOwner();
        var after = After(context.Request.Query, owner, errors);

        if (errors.Any)
        {
            return Problem.Validation(errors.ToDictionary());
        }

        var tenants = await store.TenantsAsync(owner, after, PageSize, cancellationToken);
        return TypedResults.Ok(new TenantViews(tenants, tenants.Count == PageSize ? tenants[^1] : null));
    }

    /// <summary>The last of the page before; one of somebody else would say nothing of theirs, but leads nowhere.</summary>
    private static TenantKey? After(IQueryCollection query, string? owner, FieldErrors errors)
    {
        var (afterOwner, tenant) = (query[AfterOwner].ToString(), query[AfterTenant].ToString());

        if (afterOwner.Length + tenant.Length == 0)
        {
            return null;
        }

        if (Tenants.IsValid(tenant) && afterOwner.Length is > 0 and <= ApiKeyClaims.MaxOwnerLength && (owner is null || owner == afterOwner))
        {
            return new TenantKey(afterOwner, tenant);
        }

        errors.Add(AfterTenant, "must be from the answer before, with its owner.");
        return null;
    }
}

/// <summary>By the length of the owner's name, owner and tenant.</summary>
/// <param name="Next">What the next page is after; absent on the last.</param>
internal sealed record TenantViews(IReadOnlyList<TenantKey> Items, TenantKey? Next = null);
