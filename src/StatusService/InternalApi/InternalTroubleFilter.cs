using System.Text.Json;
using Waybill.Notifications.StatusApi;

namespace Waybill.StatusService.InternalApi;

/// <summary>What an internal call is answered that cannot be read, or whose record cannot.</summary>
internal sealed class InternalTroubleFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (RecordTroubleException trouble)
        {
            return InternalResults.Of(trouble);
        }
        catch (JsonException exception)
        {
            return InternalResults.Of(exception);
        }
    }
}
