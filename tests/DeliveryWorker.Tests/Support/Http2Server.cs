using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Waybill.DeliveryWorker.Tests.Support;

/// <summary>
/// An https server on loopback that speaks HTTP/2 frame by frame, so that a test can say what no library would: which streams it takes, when it goes
/// away, how it resets. Where HTTP/1.1 is negotiated it answers 200.
/// </summary>
internal sealed class Http2Server : IAsyncDisposable
{
    private readonly Func<Http2Peer, int, Task> _onRequest;
    private readonly X509Certificate2 _certificate = TlsServer.CreateCertificate();
    private readonly RawServer _server;
    private readonly List<SslApplicationProtocol> _protocols;
    private int _http1Requests;

    /// <param name="onRequest">Called with each request that is complete, by its stream; one after the other on a connection.</param>
    public Http2Server(Func<Http2Peer, int, Task> onRequest, bool offersHttp1 = true)
    {
        _onRequest = onRequest;
        _protocols = offersHttp1 ? [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11] : [SslApplicationProtocol.Http2];
        _server = new RawServer(ServeAsync);
    }

    public string Url => $"https://receiver.example:{_server.Port}/";

    public int Accepted => _server.Accepted;

    public int Http1Requests => Volatile.Read(ref _http1Requests);

    /// <summary>The header block of each request over HTTP/2, in Latin-1: HPACK without Huffman coding, so that texts can be found in it.</summary>
    public ConcurrentQueue<string> Heads { get; } = new();

    public SslClientAuthenticationOptions Trusting() => TlsServer.Trusting(_certificate);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _certificate.Dispose();
    }

    private async Task ServeAsync(RawConnection connection)
    {
        await using var tls = new SslStream(connection.Stream);
        var options = new SslServerAuthenticationOptions { ServerCertificate = _certificate, ApplicationProtocols = _protocols };
        await tls.AuthenticateAsServerAsync(options, connection.Stopping);

        if (tls.NegotiatedApplicationProtocol == SslApplicationProtocol.Http2)
        {
            await ServeHttp2Async(new Http2Peer(tls, connection));
        }
        else
        {
            await ServeHttp1Async(tls, connection.Stopping);
        }
    }

    private async Task ServeHttp2Async(Http2Peer peer)
    {
        await peer.OpenAsync();

        while (await peer.ReadFrameAsync() is { } frame)
        {
            switch (frame.Type)
            {
                case Http2Frame.Settings when !frame.HasFlag(Http2Frame.Ack):
                    await peer.WriteAsync(Http2Frame.Settings, Http2Frame.Ack, 0, []);
                    break;

                case Http2Frame.Ping when !frame.HasFlag(Http2Frame.Ack):
                    await peer.WriteAsync(Http2Frame.Ping, Http2Frame.Ack, 0, frame.Payload);
                    break;

                case Http2Frame.Headers:
                    Heads.Enqueue(Encoding.Latin1.GetString(frame.Payload));
                    break;
            }

            if (frame.Type is Http2Frame.Headers or Http2Frame.Data && frame.HasFlag(Http2Frame.EndStream))
            {
                await _onRequest(peer, frame.Stream);
            }
        }
    }

    private async Task ServeHttp1Async(SslStream tls, CancellationToken stopping)
    {
        var buffer = new byte[16_384];

        while (await tls.ReadAsync(buffer, stopping) > 0)
        {
            Interlocked.Increment(ref _http1Requests);
            await tls.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), stopping);
        }
    }
}
