using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Waybill.Receiving.Tests.Support;

namespace Waybill.Receiving.Tests.Verification;

/// <summary>Rules out that a body is changed before it is checked or handed over, and that one is read beyond its limit.</summary>
public sealed partial class BodyTests : IAsyncLifetime
{
    private const int MaxBytes = 1000;

    private readonly ConcurrentQueue<Webhook> _handled = new();
    private TestReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await TestReceiver.StartAsync(
        _handled,
        hook => hook.VerifyStandardWebhook(Call.Secret),
        builder => builder.Services.AddWebhooks(options => options.MaxBodyBytes = MaxBytes));

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    public static TheoryData<byte[], bool> Bodies => new()
    {
        { [], false },
        { [], true },
        { "{\"name\":\"Jürgen 🚚\"}"u8.ToArray(), false },
        { "\uFEFF{\"type\":\"order.paid\"}"u8.ToArray(), false },
        { [0, 255, 254, 13, 10, 0], true },
        { new byte[MaxBytes], false },
        { new byte[MaxBytes], true },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_is_handed_over_byte_for_byte(byte[] body, bool chunked)
    {
        var answer = await _receiver.SendAsync(new Call { Body = body, IsChunked = chunked });

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(body, Assert.Single(_handled).Body.ToArray());
    }

    [Theory]
    [InlineData(MaxBytes + 1, false)]
    [InlineData(MaxBytes + 1, true)]
    [InlineData(200_000, true)]
    public async Task A_body_that_is_too_long_is_refused_whether_it_says_so_beforehand_or_not(int bytes, bool chunked)
    {
        var answer = await _receiver.SendAsync(new Call { Body = new byte[bytes], IsChunked = chunked });

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "The body is too long."), (answer.Status, answer.Reason));
        Assert.Empty(_handled);
    }

    [Fact]
    public async Task A_body_that_is_no_http_is_unreadable()
    {
        var call = new Call();
        var headers = string.Concat(call.Headers.Select(header => $"{header.Key}: {header.Value[0]}\r\n"));
        using var socket = new TcpClient();
        await socket.ConnectAsync(_receiver.Address.Host, _receiver.Address.Port);

        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /hook HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n{headers}\r\nnonsense\r\n"));
        using var reader = new StreamReader(socket.GetStream());
        var answer = await reader.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("The body cannot be read to its end.", answer, StringComparison.Ordinal);
        Assert.Empty(_handled);
    }

    [Theory]
    [InlineData("""{"type":"order.paid","order":1}""", "order.paid")]
    [InlineData("""{"data":{"type":"inner"},"list":[{"type":"x"}],"type":"order.paid"}""", "order.paid")]
    [InlineData("\uFEFF{\"type\":\"order.paid\"}", "order.paid")]
    [InlineData("""{"ty\u0070e":"order.paid"}""", "order.paid")]
    [InlineData("""{"Type":"order.paid"}""", null)]
    [InlineData("""{"type":7}""", null)]
    [InlineData("""{"type":"\ud800"}""", null)]
    [InlineData("""[{"type":"order.paid"}]""", null)]
    [InlineData("""{"order":1""", null)]
    [InlineData("no JSON", null)]
    [InlineData("", null)]
    public async Task The_type_is_the_member_of_a_body_that_is_an_object(string body, string? type)
    {
        await _receiver.SendAsync(new Call { Body = Encoding.UTF8.GetBytes(body) });

        Assert.Equal(type, Assert.Single(_handled).Type);
    }

    [Fact]
    public async Task Json_is_read_with_a_mark_before_it_and_what_is_none_throws()
    {
        await _receiver.SendAsync(new Call { Body = "\uFEFF{\"order\":4711}"u8.ToArray() });
        await _receiver.SendAsync(new Call { Body = "{\"order\":"u8.ToArray() });
        var (sound, broken) = (_handled.First(), _handled.Last());

        Assert.Equal(new Order(4711), sound.ReadJson(Json.Default.Order));
        Assert.Throws<JsonException>(() => broken.ReadJson(Json.Default.Order));
    }

    internal sealed record Order([property: JsonPropertyName("order")] int Number);

    [JsonSerializable(typeof(Order))]
    private sealed partial class Json : JsonSerializerContext;
}
