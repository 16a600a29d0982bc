using System.Net;
using System.Net.Sockets;

namespace Waybill.Bench.Receiving;

/// <summary>Hosts that never answer: the system takes connections to them, and nobody reads what comes.</summary>
internal sealed class SilentHosts : IDisposable
{
    private readonly List<TcpListener> _listeners;

    public SilentHosts(int count)
    {
        _listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        _listeners.ForEach(listener => listener.Start());
        Urls = [.. _listeners.Select(listener => new Uri($"http://{listener.LocalEndpoint}"))];
    }

    public IReadOnlyList<Uri> Urls { get; }

    public void Dispose() => _listeners.ForEach(listener => listener.Dispose());
}
