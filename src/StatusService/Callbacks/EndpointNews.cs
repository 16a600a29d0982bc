using Waybill.Notifications.Endpoints;

namespace Waybill.StatusService.Callbacks;

internal sealed class EndpointNews
{
    public Task TellAsync(EndpointRecord endpoint, OwedNews news, CancellationToken cancellationToken) => Task.CompletedTask;
}
