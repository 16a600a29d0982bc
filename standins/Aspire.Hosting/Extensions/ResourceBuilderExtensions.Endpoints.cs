using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Adds an endpoint, or changes what is given of the one with that name.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="port">Null: any free port.</param>
    /// <param name="targetPort">The port of a process that cannot be told; here equal to <paramref name="port"/> if both are given.</param>
    /// <param name="scheme">Default tcp.</param>
    /// <param name="name">Default: the scheme.</param>
    /// <param name="env">Variable that tells the process its port.</param>
    /// <param name="isProxied">False: the port is kept even where tests ask for random ports.</param>
    /// <param name="isExternal">Default false.</param>
    /// <param name="protocol">Default TCP.</param>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder,
        int? port = null,
        int? targetPort = null,
        string? scheme = null,
        string? name = null,
        string? env = null,
        bool? isProxied = null,
        bool? isExternal = null,
        ProtocolType? protocol = null)
        where T : IResourceWithEndpoints
    {
        var added = new EndpointAnnotation(protocol ?? ProtocolType.Tcp, scheme, null, name, port, targetPort, isExternal, isProxied);
        var endpoint = builder.Resource.FindEndpoint(added.Name);

        if (endpoint is null)
        {
            builder.WithAnnotation(added);
        }
        else
        {
            endpoint.Port = port ?? endpoint.Port;
            endpoint.TargetPort = targetPort ?? endpoint.TargetPort;
            endpoint.IsExternal = isExternal ?? endpoint.IsExternal;
            endpoint.IsProxied = isProxied ?? endpoint.IsProxied;
        }

        return builder.WithPortVariable(endpoint ?? added, env);
    }

    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder,
        string endpointName,
        Action<EndpointAnnotation> callback,
        bool createIfNotExists = true)
        where T : IResourceWithEndpoints
    {
        if (builder.Resource.FindEndpoint(endpointName) is { } endpoint)
        {
            callback(endpoint);
        }
        else if (createIfNotExists)
        {
            var added = new EndpointAnnotation(ProtocolType.Tcp, name: endpointName);
            callback(added);
            builder.WithAnnotation(added);
        }

        return builder;
    }

    /// <inheritdoc cref="WithEndpoint{T}(IResourceBuilder{T}, int?, int?, string?, string?, string?, bool?, bool?, ProtocolType?)"/>
    public static IResourceBuilder<T> WithHttpEndpoint<T>(
        this IResourceBuilder<T> builder,
        int? port = null,
        int? targetPort = null,
        string? name = null,
        string? env = null,
        bool? isProxied = null)
        where T : IResourceWithEndpoints
        => builder.WithEndpoint(port, targetPort, "http", name, env, isProxied);

    /// <summary>Marks the HTTP endpoints there are so far as meant for the outside; on one machine it changes nothing.</summary>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints
    {
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.IsHttp))
        {
            endpoint.IsExternal = true;
        }

        return builder;
    }

    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, string name)
        where T : IResourceWithEndpoints
        => new(builder.Resource, name);

    internal static EndpointAnnotation? FindEndpoint(this IResource resource, string name) =>
        resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(endpoint =>
            string.Equals(endpoint.Name, name, StringComparison.OrdinalIgnoreCase));

    private static IResourceBuilder<T> WithPortVariable<T>(this IResourceBuilder<T> builder, EndpointAnnotation endpoint, string? env)
        where T : IResourceWithEndpoints
    {
        if (env is null || builder.Resource is not IResourceWithEnvironment resource)
        {
            return builder;
        }

        endpoint.TargetPortEnvironmentVariable = env;
        var port = new EndpointReference(builder.Resource, endpoint.Name).Property(EndpointProperty.TargetPort);
        builder.ApplicationBuilder.CreateResourceBuilder(resource).WithEnvironment(env, port);
        return builder;
    }
}
