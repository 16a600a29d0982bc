using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Changes how the dashboard shows the link of an endpoint.</summary>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(
        this IResourceBuilder<T> builder,
        string endpointName,
        Action<ResourceUrlAnnotation> callback)
        where T : IResource
        => builder.WithUrls(context =>
        {
            if (context.Urls.FirstOrDefault(url => url.Endpoint?.EndpointName == endpointName) is { } url)
            {
                callback(url);
            }
            else
            {
                LogNoSuchEndpoint(context.Logger, endpointName, builder.Resource.Name);
            }
        });

    /// <summary>Adds a further link for an endpoint to the dashboard.</summary>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(
        this IResourceBuilder<T> builder,
        string endpointName,
        Func<EndpointReference, ResourceUrlAnnotation> callback)
        where T : IResourceWithEndpoints
        => builder.WithUrls(context =>
        {
            var endpoint = builder.GetEndpoint(endpointName);

            if (!endpoint.Exists)
            {
                LogNoSuchEndpoint(context.Logger, endpointName, builder.Resource.Name);
                return;
            }

            var added = callback(endpoint);
            context.Urls.Add(new ResourceUrlAnnotation
            {
                Url = added.Url,
                DisplayText = added.DisplayText,
                DisplayLocation = added.DisplayLocation,
                Endpoint = endpoint,
            });
        });

    public static IResourceBuilder<T> WithUrls<T>(this IResourceBuilder<T> builder, Action<ResourceUrlsCallbackContext> callback)
        where T : IResource
        => builder.WithAnnotation(new ResourceUrlsCallbackAnnotation(context =>
        {
            callback(context);
            return Task.CompletedTask;
        }));

    [LoggerMessage(1, LogLevel.Warning, "No endpoint '{Endpoint}' on resource '{Resource}': its link in the dashboard stays as it is")]
    private static partial void LogNoSuchEndpoint(ILogger logger, string endpoint, string resource);
}
