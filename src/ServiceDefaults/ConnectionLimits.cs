using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Waybill.ServiceDefaults;

/// <summary>
/// What a connection may have in memory before anybody has looked at what comes: Kestrel's own limits, of more than a mebibyte each and without
/// a number of connections, are made for machines with more of it.
/// </summary>
internal static class ConnectionLimits
{
    /// <summary>Each with headers of the largest size takes some 50 KiB.</summary>
    private const int Connections = 4096;

    private const int HeaderBytes = 16 * 1024;

    /// <summary>What has come and is not read yet: the least that headers of the largest size need.</summary>
    private const int BufferBytes = HeaderBytes;

    /// <summary>The same of HTTP/2, for a stream and for all of a connection: the least that there can be.</summary>
    private const int WindowBytes = 64 * 1024;

    /// <summary>Of an endpoint that says nothing else.</summary>
    private const int BodyBytes = 64 * 1024;

    public static void Bound(this KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = Connections;
        limits.MaxRequestHeadersTotalSize = HeaderBytes;
        limits.MaxRequestBufferSize = BufferBytes;
        limits.MaxRequestBodySize = BodyBytes;
        limits.Http2.InitialStreamWindowSize = WindowBytes;
        limits.Http2.InitialConnectionWindowSize = WindowBytes;
    }

    /// <summary>What the system has received lies there, before any of the other limits sees it: a mebibyte for each connection otherwise.</summary>
    public static void Bound(this SocketTransportOptions transport) => transport.MaxReadBufferSize = WindowBytes;
}
