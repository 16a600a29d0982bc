using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Waybill.Notifications.StatusApi.Batching;
using Waybill.StatusService;
using Waybill.StatusService.Callbacks;
using Waybill.StatusService.Endpoints;
using Waybill.StatusService.Events;
using Waybill.StatusService.InternalApi;
using Waybill.StatusService.Redeliveries;
using Waybill.StatusService.Store;
using Waybill.StatusService.Transitions;

namespace Waybill.Simulation.Processes;

/// <summary>
/// The internal API's production endpoints, called without a server: their JSON, their filters and their answers, but none of
/// the threads of Kestrel. Built once, as that takes long; each request brings the services of the replica it is for.
/// </summary>
internal sealed class StatusEndpoints
{
    private readonly Dictionary<(string Method, string Template), RequestDelegate> _endpoints = [];

    private StatusEndpoints()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.AddStore();
        builder.AddTransitions();
        builder.AddEndpoints();
        builder.AddEvents();
        builder.AddCallbacks();
        builder.AddRedeliveries();
        builder.AddInternalApi();
        builder.Services.AddNotificationsJson();

        var app = builder.Build();
        app.MapInternalApi();
        app.MapRedeliveries();
        Shared = app.Services;

        foreach (var endpoint in ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>())
        {
            var template = "/" + endpoint.RoutePattern.RawText!.Trim('/');

            foreach (var method in endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods)
            {
                _endpoints[(method, template)] = endpoint.RequestDelegate!;
            }
        }
    }

    public static StatusEndpoints Instance { get; } = new();

    /// <summary>Services without state, the same for all replicas: JSON options, loggers that say nothing.</summary>
    public IServiceProvider Shared { get; }

    public async Task<(int Status, byte[] Body)> CallAsync(StatusRequest request, IServiceProvider services)
    {
        var context = new DefaultHttpContext { RequestServices = services };
        context.Request.Method = request.Method;
        context.Request.Path = request.Path;
        context.Request.QueryString = new QueryString(request.Query);
        context.Request.RouteValues["id"] = request.Id;
        context.Features.Set<IHttpRequestBodyDetectionFeature>(new BodyDetection(request.Content is not null));

        if (request.Content is not null)
        {
            context.Request.ContentType = request.Call is null ? MediaTypeNames.Application.Json : BatchFormat.MediaType;
            context.Request.ContentLength = request.Content.Length;
            context.Request.Body = new MemoryStream(request.Content);
        }

        using var body = new MemoryStream();
        context.Response.Body = body;

        await _endpoints[(request.Method, request.Template)](context);
        await context.Response.BodyWriter.FlushAsync();
        return (context.Response.StatusCode, body.ToArray());
    }

    private sealed record BodyDetection(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;
}
