using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Waybill.DeliveryWorker.Tests.Support;

/// <summary>A TCP server on loopback that does to each connection what the test says, however rude.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly Func<RawConnection, Task> _serve;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;
    private int _accepted;

    public RawServer(Func<RawConnection, Task> serve, IPAddress? address = null, int port = 0)
    {
        _serve = serve;
        _listener = new TcpListener(address ?? IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url => $"http://127.0.0.1:{Port}/";

    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Answers each request with the same bytes and keeps the connection open.</summary>
    public static RawServer Answering(string answer) => new(async connection =>
    {
        while (await connection.ReadRequestAsync() is not null)
        {
            await connection.WriteAsync(answer);
        }
    });

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                Interlocked.Increment(ref _accepted);
                _connections.Add(ServeAsync(socket));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var connection = new RawConnection(socket, _stop.Token);

        try
        {
            await _serve(connection);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // The client went away, or the test is over.
        }
    }
}

internal sealed class RawConnection(Socket socket, CancellationToken stopping) : IDisposable
{
    private readonly StringBuilder _unread = new();

    public Socket Socket => socket;

    public NetworkStream Stream { get; } = new(socket);

    public CancellationToken Stopping => stopping;

    /// <summary>The next request, head and body (by Content-Length), in Latin-1; null when the client closed.</summary>
    public async Task<string?> ReadRequestAsync()
    {
        var buffer = new byte[8192];

        while (true)
        {
            if (TakeRequest() is { } request)
            {
                return request;
            }

            var read = await Stream.ReadAsync(buffer, stopping);

            if (read == 0)
            {
                return null;
            }

            _unread.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
    }

    public async Task WriteAsync(string text) => await Stream.WriteAsync(Encoding.Latin1.GetBytes(text), stopping);

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes) => await Stream.WriteAsync(bytes, stopping);

    /// <summary>Closes with RST instead of FIN.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    /// <summary>Waits until the test is over, holding the connection open.</summary>
    public Task HoldAsync() => Task.Delay(Timeout.Infinite, stopping);

    public void Dispose()
    {
        Stream.Dispose();
        socket.Dispose();
    }

    private string? TakeRequest()
    {
        var text = _unread.ToString();
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);

        if (end < 0)
        {
            return null;
        }

        var length = end + 4 + ContentLength(text[..end]);

        if (text.Length < length)
        {
            return null;
        }

        _unread.Remove(0, length);
        return text[..length];
    }

    private static int ContentLength(string head)
    {
        const string Name = "content-length:";
        var line = head.Split("\r\n").FirstOrDefault(line => line.StartsWith(Name, StringComparison.OrdinalIgnoreCase));
        return line is null ? 0 : int.Parse(line[Name.Length..]);
    }
}
