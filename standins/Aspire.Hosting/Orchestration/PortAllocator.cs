using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Orchestration;

/// <summary>Gives each endpoint its port, and says which one is taken before anything is started.</summary>
internal sealed class PortAllocator(IConfiguration configuration) : IDisposable
{
    private readonly Dictionary<IResource, List<Socket>> _reserved = [];

    /// <param name="model">The resources.</param>
    /// <param name="others">Further fixed ports, each with what is to be said of it.</param>
    /// <exception cref="DistributedApplicationException">A port is in use or asked for twice.</exception>
    public void Allocate(DistributedApplicationModel model, IEnumerable<(string Owner, int Port)> others)
    {
        var owners = new Dictionary<int, string>();

        foreach (var (owner, port) in others)
        {
            Claim(port, owner, owners);
            Bind(port, owner).Dispose();
        }

        var endpoints =
            from resource in model.Resources
            from endpoint in resource.Annotations.OfType<EndpointAnnotation>()
            select (Resource: resource, Endpoint: endpoint, Port: WantedPort(resource, endpoint));

        // Fixed ones first, so that no free one is taken that somebody else asks for.
        foreach (var (resource, endpoint, port) in endpoints.OrderByDescending(wanted => wanted.Port).ToList())
        {
            Reserve(resource, endpoint, port, owners);
        }
    }

    /// <summary>Frees the resource's ports for its process. Until then no other program is given them.</summary>
    public void Release(IResource resource)
    {
        if (_reserved.TryGetValue(resource, out var sockets))
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    public void Dispose()
    {
        foreach (var resource in _reserved.Keys)
        {
            Release(resource);
        }
    }

    private static string Owner(IResource resource, EndpointAnnotation endpoint) =>
        $"endpoint '{endpoint.Name}' of resource '{resource.Name}'";

    /// <returns>0: any free one.</returns>
    private int WantedPort(IResource resource, EndpointAnnotation endpoint)
    {
        if (endpoint.UriScheme == "https")
        {
            throw new DistributedApplicationException(
                $"The {Owner(resource, endpoint)} is https, for which this stand-in has no certificate: use an http launch profile.");
        }

        if (endpoint.Port is { } port && endpoint.TargetPort is { } target && port != target)
        {
            throw new DistributedApplicationException(
                $"The {Owner(resource, endpoint)} has port {port} and target port {target}: "
                + "this stand-in has no proxy, so give one of them, or both the same number.");
        }

        // An endpoint without a proxy has its port as target port, and so keeps it.
        var isRandom = configuration.GetValue<bool>("DcpPublisher:RandomizePorts");
        return endpoint.TargetPort ?? (isRandom ? null : endpoint.Port) ?? 0;
    }

    private void Reserve(IResource resource, EndpointAnnotation endpoint, int port, Dictionary<int, string> owners)
    {
        var owner = Owner(resource, endpoint);

        if (port != 0)
        {
            Claim(port, owner, owners);
        }

        var socket = Bind(port, owner);
        endpoint.AllocatedPort = ((IPEndPoint)socket.LocalEndPoint!).Port;
        _reserved.TryAdd(resource, []);
        _reserved[resource].Add(socket);
    }

    private static void Claim(int port, string owner, Dictionary<int, string> owners)
    {
        if (!owners.TryAdd(port, owner))
        {
            throw new DistributedApplicationException($"Port {port} is asked for by the {owners[port]} and by the {owner}.");
        }
    }

    private static Socket Bind(int port, string owner)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return socket;
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new DistributedApplicationException(
                $"Port {port} for the {owner} cannot be used ({exception.SocketErrorCode}): "
                + "end the program that listens on it, or change the port.",
                exception);
        }
    }
}
