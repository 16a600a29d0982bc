using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Waybill.Receiving.Pipeline;

namespace Waybill.Receiving;

/// <summary>Maps webhooks.</summary>
public static class WebhookRoutes
{
    /// <summary>
    /// Maps <c>POST</c> of a path to a handler, which takes a <see cref="Webhook"/> and whatever else a handler of minimal APIs may take. Say with
    /// <see cref="WebhookEndpointBuilder.VerifyStandardWebhook(string[])"/> what it believes: until then each call is answered with 500, and the handler does not run.
    /// </summary>
    /// <param name="pattern">May have parameters, such as <c>/hooks/{tenant}</c>.</param>
    /// <param name="handler">What it returns is the answer; an answer of 2xx says that the webhook is done with. It is not to read the request's body itself.</param>
    [RequiresUnreferencedCode("Minimal APIs look at the handler's parameters by reflection.")]
    [RequiresDynamicCode("Minimal APIs look at the handler's parameters by reflection.")]
    public static WebhookEndpointBuilder MapWebhook(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, Delegate handler)
    {
        var settings = new EndpointSettings();
        var route = endpoints.MapPost(pattern, handler);

        // Around all that the endpoint does, so before its parameters are read.
        route.Finally(endpoint =>
        {
            var next = endpoint.RequestDelegate ?? throw new InvalidOperationException($"The endpoint {pattern} has no handler.");
            endpoint.RequestDelegate = new WebhookPipeline(settings, next).InvokeAsync;
        });

        return new WebhookEndpointBuilder(route, endpoints.ServiceProvider, settings);
    }
}
