using Microsoft.Extensions.Options;
using Waybill.Notifications.Callbacks;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Json;
using Waybill.StatusService.Endpoints;

namespace Waybill.StatusService.Callbacks;

/// <summary>Tells an owner what became of one of its endpoints. Told again, it is the same event.</summary>
internal sealed class EndpointNews(CallbackEvents events, CallbackSubscriptions subscriptions, IOptions<EndpointOptions> options)
{
    /// <summary>Nothing of what is no callback, and nothing of endpoints that get callbacks themselves.</summary>
    public async Task TellAsync(EndpointRecord endpoint, OwedNews news, CancellationToken cancellationToken)
    {
        var type = OwedKinds.CallbackOf(news.What);

        if (type is null || endpoint.Tenant == Tenants.Reserved || !await subscriptions.TakesAsync(endpoint.Owner, type, cancellationToken))
        {
            return;
        }

        var about = CallbackEndpoint.Of(endpoint);

        await (type switch
        {
            CallbackTypes.EndpointFailing => events.AboutAsync(endpoint, news.At, type, Failing(about, endpoint, news), NotificationsJson.Default.CallbackEndpointFailing, cancellationToken),
            CallbackTypes.EndpointDisabled => events.AboutAsync(
                endpoint,
                news.At,
                type,
                new EndpointDisabled(about, news.Reason ?? endpoint.DisabledReason ?? DisableReasons.Failing, news.At, news.FailingSince),
                NotificationsJson.Default.CallbackEndpointDisabled,
                cancellationToken),
            _ => events.AboutAsync(endpoint, news.At, type, new EndpointRecovered(about, news.At, news.FailingSince), NotificationsJson.Default.CallbackEndpointRecovered, cancellationToken),
        });
    }

    private EndpointFailing Failing(CallbackEndpoint about, EndpointRecord endpoint, OwedNews news)
    {
        var since = news.FailingSince ?? news.At;
        return new EndpointFailing(about, since, since + options.Value.DisableAfter, endpoint.Trouble);
    }
}
