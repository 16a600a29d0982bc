using System.Buffers.Binary;
using System.Net.Sockets;

namespace Waybill.DeliveryWorker.Egress;

/// <summary>What the system knows of a connection.</summary>
internal static class TcpState
{
    private const int IpProtocolTcp = 6;
    private const int TcpInfoOption = 11;

    /// <summary>Where Linux's <c>struct tcp_info</c> has <c>tcpi_bytes_acked</c> (since 4.1).</summary>
    private const int BytesAckedOffset = 120;

    /// <summary>Whether there is something to read: bytes, or that the other side closed.</summary>
    public static bool HasInput(Socket socket)
    {
        try
        {
            return socket.Poll(0, SelectMode.SelectRead);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return true;
        }
    }

    /// <summary>How many bytes the other side's system has acknowledged in all; null where this system does not tell.</summary>
    public static long? Acknowledged(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        Span<byte> info = stackalloc byte[BytesAckedOffset + sizeof(long)];

        try
        {
            var length = socket.GetRawSocketOption(IpProtocolTcp, TcpInfoOption, info);
            return length == info.Length ? BinaryPrimitives.ReadInt64LittleEndian(info[BytesAckedOffset..]) : null;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return null;
        }
    }
}
