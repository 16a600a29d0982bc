using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Tells the resource all endpoints of another: services__name__scheme__0 and NAME_SCHEME.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment
        => builder.WithEndpointsOf(source.Resource, endpointName: null);

    /// <summary>Tells the resource one endpoint of another: services__name__scheme__0 and NAME_SCHEME.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment
        => builder.WithEndpointsOf(endpointReference.Resource, endpointReference.EndpointName);

    public static IResourceBuilder<T> WithRelationship<T>(this IResourceBuilder<T> builder, IResource resource, string type)
        where T : IResource
        => builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, type));

    /// <summary>Shows the resource below its parent in the dashboard; it has no effect on when either starts.</summary>
    public static IResourceBuilder<T> WithParentRelationship<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<IResource> parent)
        where T : IResource
        => builder.WithRelationship(parent.Resource, KnownRelationshipTypes.Parent);

    private static IResourceBuilder<T> WithEndpointsOf<T>(
        this IResourceBuilder<T> builder,
        IResourceWithEndpoints source,
        string? endpointName)
        where T : IResourceWithEnvironment
        => builder
            .WithRelationship(source, KnownRelationshipTypes.Reference)
            .WithEnvironment(context =>
            {
                var endpoints = source.Annotations.OfType<EndpointAnnotation>().Where(endpoint =>
                    endpointName is null || string.Equals(endpoint.Name, endpointName, StringComparison.OrdinalIgnoreCase));

                foreach (var endpoint in endpoints)
                {
                    AddReference(context.EnvironmentVariables, new EndpointReference(source, endpoint.Name));
                }
            });

    private static void AddReference(Dictionary<string, object> variables, EndpointReference endpoint)
    {
        var source = endpoint.Resource.Name;
        variables[$"{VariableName(source).ToUpperInvariant()}_{VariableName(endpoint.EndpointName).ToUpperInvariant()}"] = endpoint;

        var index = 0;

        while (variables.TryGetValue(Key(index), out var other) && !IsSame(other))
        {
            index++;
        }

        variables[Key(index)] = endpoint;

        string Key(int number) => $"services__{source}__{endpoint.EndpointName}__{number}";

        bool IsSame(object other) =>
            other is EndpointReference known && known.Resource == endpoint.Resource && known.EndpointName == endpoint.EndpointName;
    }

    private static string VariableName(string name)
    {
        var encoded = NotInVariableNames().Replace(name, "_");
        return char.IsAsciiDigit(encoded[0]) ? $"_{encoded}" : encoded;
    }

    [GeneratedRegex("[^A-Za-z0-9_]")]
    private static partial Regex NotInVariableNames();
}
