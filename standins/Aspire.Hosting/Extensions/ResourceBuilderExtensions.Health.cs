using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Adds a check that is registered under this key in the AppHost's services (AddHealthChecks).</summary>
    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key)
        where T : IResource
    {
        if (builder.Resource.Annotations.OfType<HealthCheckAnnotation>().Any(check => check.Key == key))
        {
            throw new DistributedApplicationException($"Resource '{builder.Resource.Name}' already has a health check with key '{key}'.");
        }

        return builder.WithAnnotation(new HealthCheckAnnotation(key));
    }

    /// <summary>Healthy while a GET answers with the status code (default 200).</summary>
    /// <exception cref="DistributedApplicationException">It has no such endpoint yet: add endpoints before their checks.</exception>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder,
        string? path = null,
        int? statusCode = null,
        string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        var endpoint = endpointName is null
            ? builder.Resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(endpoint => endpoint.IsHttp)
            : builder.Resource.FindEndpoint(endpointName);

        if (endpoint is null)
        {
            throw new DistributedApplicationException(
                $"Could not create HTTP health check for resource '{builder.Resource.Name}': "
                + $"it has no endpoint '{endpointName ?? "http"}' at this point.");
        }

        return builder.WithHttpHealthCheck(() => builder.GetEndpoint(endpoint.Name), path, statusCode);
    }

    /// <inheritdoc cref="WithHttpHealthCheck{T}(IResourceBuilder{T}, string?, int?, string?)"/>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder,
        Func<EndpointReference>? endpointSelector,
        string? path = null,
        int? statusCode = null)
        where T : IResourceWithEndpoints
    {
        var endpoint = endpointSelector is null ? builder.GetEndpoint("http") : endpointSelector();

        if (!endpoint.EndpointAnnotation.IsHttp)
        {
            throw new DistributedApplicationException(
                $"Could not create HTTP health check for resource '{builder.Resource.Name}': "
                + $"endpoint '{endpoint.EndpointName}' is not an HTTP endpoint.");
        }

        var check = new HttpHealthCheck(endpoint, path ?? "/", statusCode ?? 200);
        var key = $"{builder.Resource.Name}_{endpoint.EndpointName}_{path ?? "/"}_{statusCode ?? 200}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(key, check, failureStatus: null, tags: null));
        return builder.WithHealthCheck(key);
    }
}
