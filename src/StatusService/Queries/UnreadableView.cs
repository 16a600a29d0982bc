using System.Security.Claims;
using Waybill.Notifications.StatusApi;
using Waybill.ServiceDefaults.Authentication;

namespace Waybill.StatusService.Queries;

/// <summary>A notification that is stored, but cannot be read.</summary>
/// <param name="Reason">For people: what is wrong with it.</param>
internal sealed record UnreadableView(string Id, string Reason)
{
    public static UnreadableView Of(RecordTroubleException trouble) => new(trouble.Id, trouble.Reason);

    /// <summary>One whose owner cannot be read either is shown to operators only.</summary>
    public static bool MaySee(ClaimsPrincipal caller, RecordTroubleException trouble) => caller.MaySee(trouble.Owner ?? "");
}
