using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Waybill.DeliveryWorker.Tests.Support;

/// <summary>One connection of a <see cref="RawServer"/>.</summary>
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
        return line is null ? 0 : int.Parse(line[Name.Length..], CultureInfo.InvariantCulture);
    }
}
