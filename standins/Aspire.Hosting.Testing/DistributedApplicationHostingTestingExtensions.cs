using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Testing;

public static class DistributedApplicationHostingTestingExtensions
{
    /// <summary>A client whose base address is that of the endpoint.</summary>
    /// <inheritdoc cref="GetEndpoint"/>
    public static HttpClient CreateHttpClient(this DistributedApplication app, string resourceName, string? endpointName = null)
    {
        var client = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
        client.BaseAddress = app.GetEndpoint(resourceName, endpointName);
        return client;
    }

    /// <param name="app">A started application.</param>
    /// <param name="resourceName">Name of the resource.</param>
    /// <param name="endpointName">Null: its first HTTP endpoint.</param>
    /// <exception cref="ArgumentException">There is no such resource or endpoint.</exception>
    /// <exception cref="InvalidOperationException">The application has not been started.</exception>
    public static Uri GetEndpoint(this DistributedApplication app, string resourceName, string? endpointName = null)
    {
        var model = app.Services.GetRequiredService<DistributedApplicationModel>();

        var resource = model.Find(resourceName)
            ?? throw new ArgumentException($"Resource '{resourceName}' not found.", nameof(resourceName));

        if (resource is not IResourceWithEndpoints owner)
        {
            throw new InvalidOperationException($"Resource '{resourceName}' has no endpoints.");
        }

        var endpoint = endpointName is null
            ? resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(endpoint => endpoint.IsHttp)
            : resource.FindEndpoint(endpointName);

        if (endpoint is null)
        {
            throw new ArgumentException(
                $"Endpoint '{endpointName ?? "http"}' not found on resource '{resourceName}'.",
                nameof(endpointName));
        }

        return new Uri(new EndpointReference(owner, endpoint.Name).Url);
    }
}
