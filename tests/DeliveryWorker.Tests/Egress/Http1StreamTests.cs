using System.Net;
using System.Net.Sockets;
using System.Text;
using Waybill.DeliveryWorker.Egress;

namespace Waybill.DeliveryWorker.Tests.Egress;

/// <summary>A kept connection that ends while a call is under way: what is certain about it. The sockets are real; the test only decides who comes first.</summary>
public sealed class Http1StreamTests : IDisposable
{
    private readonly Socket _receiver;
    private readonly GatedStream _network;
    private readonly Http1Stream _stream;

    public Http1StreamTests()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(listener.LocalEndpoint);
        _receiver = listener.AcceptSocket();
        _network = new GatedStream(client);
        _stream = new Http1Stream(_network);
    }

    [Fact]
    public async Task A_call_is_unsent_when_the_receiver_closed_before_a_byte_of_it_came()
    {
        await ExchangeAsync();
        _network.BeforeWrite = _receiver.Close;

        await Assert.ThrowsAsync<UnsentException>(CallAsync);
    }

    [Fact]
    public async Task Nothing_is_certain_when_the_receiver_closed_after_it_came()
    {
        await ExchangeAsync();
        _network.AfterWrite = () =>
        {
            _receiver.Receive(new byte[100]);
            _receiver.Close();
        };

        var failure = await Assert.ThrowsAsync<HttpIOException>(CallAsync);

        Assert.Equal(HttpRequestError.ResponseEnded, failure.HttpRequestError);
    }

    [Fact]
    public async Task Nor_when_it_was_reset()
    {
        await ExchangeAsync();
        _network.AfterWrite = () =>
        {
            _receiver.LingerState = new LingerOption(true, 0);
            _receiver.Close();
        };

        var failure = await Assert.ThrowsAsync<IOException>(CallAsync);

        Assert.IsNotType<UnsentException>(failure);
    }

    [Fact]
    public async Task Nothing_is_written_once_the_receiver_has_closed()
    {
        await ExchangeAsync();
        _receiver.Shutdown(SocketShutdown.Send);

        await Assert.ThrowsAsync<UnsentException>(CallAsync);

        _network.Dispose();
        Assert.Equal(0, _receiver.Receive(new byte[100]));
    }

    [Fact]
    public async Task A_first_call_on_a_connection_is_never_unsent()
    {
        _network.BeforeWrite = _receiver.Close;

        var failure = await Assert.ThrowsAnyAsync<IOException>(CallAsync);

        Assert.IsNotType<UnsentException>(failure);
    }

    public void Dispose()
    {
        _stream.Dispose();
        _receiver.Dispose();
    }

    private async Task ExchangeAsync()
    {
        Sending.Start(head: null, isLast: false);
        await _stream.WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        _receiver.Receive(new byte[100]);
        _receiver.Send("HTTP/1.1 204 No Content\r\n\r\n"u8);
        Assert.StartsWith("HTTP/1.1 204", await ReadAsync(), StringComparison.Ordinal);
    }

    private async Task CallAsync()
    {
        Sending.Start(head: null, isLast: false);
        await _stream.WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        await ReadAsync();
    }

    private async Task<string> ReadAsync()
    {
        var buffer = new byte[100];
        return Encoding.ASCII.GetString(buffer, 0, await _stream.ReadAsync(buffer));
    }

    private sealed class GatedStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
    {
        public Action? BeforeWrite { get; set; }

        public Action? AfterWrite { get; set; }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            BeforeWrite?.Invoke();
            await base.WriteAsync(buffer, cancellationToken);
            AfterWrite?.Invoke();
        }
    }
}
