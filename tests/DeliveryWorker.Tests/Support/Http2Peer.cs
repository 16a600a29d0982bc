using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Waybill.DeliveryWorker.Tests.Support;

/// <summary>One HTTP/2 connection of an <see cref="Http2Server"/> (RFC 9113).</summary>
internal sealed class Http2Peer(SslStream stream, RawConnection connection)
{
    private const int HeaderBytes = 9;
    private const int PrefaceBytes = 24;
    private const byte GoAway = 7;
    private const byte ResetStream = 3;

    /// <summary>How many requests came on this connection; kept by the test.</summary>
    public int Requests { get; set; }

    /// <summary>The last stream that is taken; kept by the test.</summary>
    public int Last { get; set; } = int.MaxValue;

    public CancellationToken Stopping => connection.Stopping;

    public async Task OpenAsync()
    {
        await stream.ReadExactlyAsync(new byte[PrefaceBytes], Stopping);
        await WriteAsync(Http2Frame.Settings, 0, 0, []);
    }

    /// <returns>Null when the client closed.</returns>
    public async Task<Http2Frame?> ReadFrameAsync()
    {
        var header = new byte[HeaderBytes];

        if (await stream.ReadAtLeastAsync(header, HeaderBytes, throwOnEndOfStream: false, Stopping) < HeaderBytes)
        {
            return null;
        }

        var payload = new byte[(header[0] << 16) | (header[1] << 8) | header[2]];
        await stream.ReadExactlyAsync(payload, Stopping);
        return new Http2Frame(header[3], header[4], BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(5)) & int.MaxValue, payload);
    }

    /// <summary>Headers without a body; the status as a literal of HPACK, with the name of its static table's entry 8.</summary>
    public Task AnswerAsync(int id, int status = 200) =>
        WriteAsync(Http2Frame.Headers, Http2Frame.EndStream | Http2Frame.EndHeaders, id, [0x08, 3, .. Encoding.ASCII.GetBytes($"{status}")]);

    public Task GoAwayAsync(int last, int code = 0) => WriteAsync(GoAway, 0, 0, [.. Number(last), .. Number(code)]);

    public Task ResetAsync(int id, int code) => WriteAsync(ResetStream, 0, id, Number(code));

    public async Task WriteAsync(byte type, int flags, int id, byte[] payload)
    {
        byte[] frame = [(byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length, type, (byte)flags, .. Number(id), .. payload];
        await stream.WriteAsync(frame, Stopping);
    }

    /// <summary>Says nothing more, and reads on: to close with something unread would be a reset, which takes back what was said.</summary>
    public void End() => connection.Socket.Shutdown(SocketShutdown.Send);

    private static byte[] Number(int value)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}

internal sealed record Http2Frame(byte Type, byte Flags, int Stream, byte[] Payload)
{
    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte Settings = 4;
    public const byte Ping = 6;

    public const int Ack = 1;
    public const int EndStream = 1;
    public const int EndHeaders = 4;

    public bool HasFlag(int flag) => (Flags & flag) != 0;
}
