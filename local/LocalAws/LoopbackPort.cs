using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Waybill.LocalAws;

/// <summary>Picks a free port on 127.0.0.1.</summary>
/// <remarks>
/// A port that was picked is no other process's of this user, as long as the one that picked it lives: what is started on it may take
/// a second until it listens, and something of another test's that listens there meanwhile would be taken for it. Each is a file
/// that is locked, and a lock ends with its process, however that ends.
/// </remarks>
public static class LoopbackPort
{
    // Below the ports that systems hand out for outgoing connections (from 32768 on Linux, 49152 elsewhere): a client's
    // connection cannot take the port between the moment it is picked and the moment a server listens on it.
    // And below 27017, the first of the ports there that a worker refuses to call, as it is a database's.
    private const int First = 20_000;
    private const int Last = 27_000;
    private const int Tries = 200;

    private static readonly string Folder = Path.Combine(Path.GetTempPath(), $"waybill-ports-{Environment.UserName}");
    private static readonly ConcurrentBag<FileStream> Held = [];

    /// <exception cref="LocalToolsException">None of many random ports was free.</exception>
    public static int Pick()
    {
        Directory.CreateDirectory(Folder);

        for (var i = 0; i < Tries; i++)
        {
            var port = Random.Shared.Next(First, Last);

            if (TryHold(port) && IsFree(port))
            {
                return port;
            }
        }

        throw new LocalToolsException($"{Tries} ports between {First} and {Last} on 127.0.0.1 were tried, and all are in use.");
    }

    private static bool TryHold(int port)
    {
        try
        {
            var path = Path.Combine(Folder, port.ToString(CultureInfo.InvariantCulture));
            Held.Add(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
