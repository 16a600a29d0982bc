using System.Net;
using System.Net.Sockets;
using Waybill.DeliveryWorker.Delivery;
using Waybill.Hosting.Egress;

namespace Waybill.DeliveryWorker.Egress;

/// <summary>
/// Opens every connection: resolves the name itself, lets the guard judge each address, connects only to those that passed,
/// and judges the connected socket again. What DNS says later, or says to others, plays no part.
/// </summary>
public sealed class GuardedConnector(EgressGuard guard, HostResolver resolve)
{
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var request = context.InitialRequestMessage;
        var target = context.DnsEndPoint;
        var scheme = request.RequestUri!.Scheme;
        request.Options.TryGetValue(CallTimeline.Key, out var timeline);

        ThrowIfRefused(guard.JudgeTarget(scheme, target.Port));
        var addresses = await ResolveAsync(target.Host, timeline, cancellationToken);
        var open = Permitted(addresses);

        timeline?.Enter(CallPhase.Connect);
        var stream = await ConnectToFirstAsync(open, target.Port, cancellationToken);
        timeline?.Enter(scheme == Uri.UriSchemeHttps ? CallPhase.Tls : CallPhase.Connected);

        return stream;
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CallTimeline? timeline, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return [literal];
        }

        timeline?.Enter(CallPhase.Dns);
        var addresses = await resolve(host, cancellationToken);

        return addresses.Length > 0 ? addresses : throw new SocketException((int)SocketError.NoData);
    }

    private List<IPAddress> Permitted(IPAddress[] addresses)
    {
        var open = addresses.Where(address => guard.JudgeAddress(address) is null).ToList();

        if (open.Count == 0)
        {
            ThrowIfRefused(guard.JudgeAddress(addresses[0]));
        }

        return open;
    }

    /// <summary>One after the other, in the resolver's order of preference; the last one's failure is the one that is told.</summary>
    private async Task<Stream> ConnectToFirstAsync(List<IPAddress> addresses, int port, CancellationToken cancellationToken)
    {
        foreach (var address in addresses[..^1])
        {
            try
            {
                return await ConnectAsync(new IPEndPoint(address, port), cancellationToken);
            }
            catch (SocketException)
            {
                // The next one may answer.
            }
        }

        return await ConnectAsync(new IPEndPoint(addresses[^1], port), cancellationToken);
    }

    private async Task<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        // A socket of the address's own family: a dual-mode one would report an IPv4 peer in IPv6 form.
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            ThrowIfRefused(guard.JudgeAddress(((IPEndPoint)socket.RemoteEndPoint!).Address));
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void ThrowIfRefused(EgressRefusal? refusal)
    {
        if (refusal is not null)
        {
            throw new EgressBlockedException(refusal);
        }
    }
}

/// <summary>Turns a host name into addresses; throws <see cref="System.Net.Sockets.SocketException"/> as <see cref="Dns"/> does.</summary>
public delegate Task<IPAddress[]> HostResolver(string host, CancellationToken cancellationToken);
