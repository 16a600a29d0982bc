using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace StandIns.Aspire.Tests.Support;

internal static class FreePort
{
    private static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <summary>Free just now, and given to nobody else in this process: the system may well offer the same one twice in a row.</summary>
    public static int Next()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;

            if (Given.TryAdd(port, true))
            {
                return port;
            }
        }
    }
}
