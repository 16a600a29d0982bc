using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Waybill.Bench.Probe;

/// <summary>Writes the totals as one JSON object to whoever connects, and closes. Costs nothing while nobody asks.</summary>
internal static class ProbeServer
{
    public static void Start(int port, Totals totals)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        _ = AnswerAsync(listener, totals);
    }

    private static async Task AnswerAsync(TcpListener listener, Totals totals)
    {
        while (true)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync().ConfigureAwait(false);
                await client.GetStream().WriteAsync(Write(totals)).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or SocketException)
            {
                // The asker is gone; the next one gets an answer.
            }
        }
    }

    private static byte[] Write(Totals totals) => JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, double>(totals.Read())
    {
        ["process.allocated"] = GC.GetTotalAllocatedBytes(precise: true),
        ["process.gc.count"] = GC.CollectionCount(0),
        ["process.gc.pause.ms"] = GC.GetTotalPauseDuration().TotalMilliseconds,
    });
}
