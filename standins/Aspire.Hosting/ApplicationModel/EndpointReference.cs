namespace Aspire.Hosting.ApplicationModel;

/// <summary>Points at an endpoint that may be added later; its port is known once the application starts.</summary>
public sealed class EndpointReference : IExpressionValue
{
    public EndpointReference(IResourceWithEndpoints owner, string endpointName)
    {
        Resource = owner;
        EndpointName = endpointName;
    }

    public IResourceWithEndpoints Resource { get; }

    public string EndpointName { get; }

    public bool Exists => Find() is not null;

    public bool IsAllocated => Find()?.AllocatedPort is not null;

    public EndpointAnnotation EndpointAnnotation =>
        Find() ?? throw new InvalidOperationException($"The endpoint `{EndpointName}` is not defined for the resource `{Resource.Name}`.");

    /// <exception cref="InvalidOperationException">The application has not started yet.</exception>
    public int Port =>
        EndpointAnnotation.AllocatedPort
        ?? throw new InvalidOperationException($"The endpoint `{EndpointName}` is not allocated for the resource `{Resource.Name}`.");

    public int? TargetPort => EndpointAnnotation.AllocatedPort ?? EndpointAnnotation.TargetPort;

    public string Scheme => EndpointAnnotation.UriScheme;

    /// <summary>What a client on this machine uses: a wildcard address is answered as localhost.</summary>
    public string Host => EndpointAnnotation.TargetHost is "0.0.0.0" or "[::]" or "*" or "+" ? "localhost" : EndpointAnnotation.TargetHost;

    public string Url => $"{Scheme}://{Host}:{Port}";

    public bool IsHttp => Scheme == "http";

    public bool IsHttps => Scheme == "https";

    string IManifestExpressionProvider.ValueExpression => $"{{{Resource.Name}.bindings.{EndpointName}.url}}";

    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(Url);

    private EndpointAnnotation? Find() =>
        Resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(endpoint =>
            string.Equals(endpoint.Name, EndpointName, StringComparison.OrdinalIgnoreCase));
}
