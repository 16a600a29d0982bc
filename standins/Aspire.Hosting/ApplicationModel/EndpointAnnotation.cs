using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An address a resource listens on.</summary>
/// <remarks>
/// The original puts a proxy on <see cref="Port"/> that forwards to <see cref="TargetPort"/>. Here the process itself listens
/// on the one port that clients use, so the two may not be given different numbers.
/// </remarks>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    private int? _port;
    private int? _targetPort;

    public EndpointAnnotation(
        ProtocolType protocol,
        string? uriScheme = null,
        string? transport = null,
        string? name = null,
        int? port = null,
        int? targetPort = null,
        bool? isExternal = null,
        bool? isProxied = null)
    {
        Protocol = protocol;
        UriScheme = uriScheme ?? protocol.ToString().ToLowerInvariant();
        Name = name ?? UriScheme;
        Transport = transport ?? (UriScheme is "http" or "https" ? "http" : protocol.ToString().ToLowerInvariant());
        IsExternal = isExternal ?? false;
        IsProxied = isProxied ?? true;
        _port = port;
        _targetPort = targetPort;
    }

    public string Name { get; set; }

    public ProtocolType Protocol { get; set; }

    /// <summary>The port clients use; null: any free one. Without a proxy the target port stands in for a missing one.</summary>
    public int? Port
    {
        get => _port ?? (IsProxied ? null : _targetPort);
        set => _port = value;
    }

    /// <summary>The port the process listens on; null: as <see cref="Port"/>, or any free one.</summary>
    public int? TargetPort
    {
        get => _targetPort ?? (IsProxied ? null : _port);
        set => _targetPort = value;
    }

    public string UriScheme { get; set; }

    public string TargetHost { get; set; } = "localhost";

    public string Transport { get; set; }

    public bool IsExternal { get; set; }

    /// <summary>False: the port is kept even where tests ask for random ports.</summary>
    public bool IsProxied { get; set; }

    internal bool FromLaunchProfile { get; set; }

    /// <summary>Set where <c>env</c> was given: the process learns its port from this variable and not from ASPNETCORE_URLS.</summary>
    internal string? TargetPortEnvironmentVariable { get; set; }

    internal int? AllocatedPort { get; set; }

    internal bool IsHttp => UriScheme is "http" or "https";
}
