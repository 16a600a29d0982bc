using System.Net;
using System.Net.Sockets;

namespace Waybill.DeliveryWorker.Tests.Support;

/// <summary>A server that has no room for another connection: whoever connects gets no answer at all.</summary>
internal sealed class FullServer : IDisposable
{
    private const int MostFillers = 64;

    private static readonly TimeSpan AcceptTimeout = TimeSpan.FromMilliseconds(300);

    private readonly Socket _listener = NewSocket();
    private readonly List<Socket> _fillers = [];

    public string Url => $"http://{_listener.LocalEndPoint}/";

    public static async Task<FullServer> StartAsync()
    {
        var server = new FullServer();
        server._listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        server._listener.Listen(backlog: 0);

        while (server._fillers.Count < MostFillers && await server.TakesAnotherAsync())
        {
            // Until it is full.
        }

        return server;
    }

    public void Dispose()
    {
        _fillers.ForEach(filler => filler.Dispose());
        _listener.Dispose();
    }

    private async Task<bool> TakesAnotherAsync()
    {
        var filler = NewSocket();
        _fillers.Add(filler);
        using var timeout = new CancellationTokenSource(AcceptTimeout);

        try
        {
            await filler.ConnectAsync(_listener.LocalEndPoint!, timeout.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
}
