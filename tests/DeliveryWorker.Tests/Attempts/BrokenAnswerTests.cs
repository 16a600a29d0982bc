using System.Net.Sockets;
using Waybill.DeliveryWorker.Delivery;
using Waybill.DeliveryWorker.Tests.Support;

namespace Waybill.DeliveryWorker.Tests.Attempts;

/// <summary>Receivers that are broken: whatever they do instead of answering has a name.</summary>
public sealed class BrokenAnswerTests
{
    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n\r\n")]
    [InlineData("\0\u0001\u0002\u0003garbage\r\n\r\n")]
    [InlineData("HTTP/1.1 abc OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: x\r\nno colon here\r\n\r\n")]
    public async Task What_is_not_HTTP_is_a_protocol_error(string garbage) => await RudeCall.ExpectFailureAsync(
        async connection =>
        {
            await connection.WriteAsync(garbage);
            await connection.HoldAsync();
        },
        FailureKind.ProtocolError);

    [Fact]
    public async Task A_switch_of_protocols_nobody_asked_for_is_a_protocol_error()
    {
        var outcome = await RudeCall.CallAsync(connection => connection.WriteAsync("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"));

        Assert.Equal("protocol_error", outcome.Classification.ErrorCode);
    }

    [Fact]
    public async Task A_close_instead_of_an_answer_is_classified() =>
        await RudeCall.ExpectFailureAsync(_ => Task.CompletedTask, FailureKind.ConnectionClosed);

    [Fact]
    public async Task A_close_within_the_body_is_classified() => await RudeCall.ExpectFailureAsync(
        connection => connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"),
        FailureKind.ConnectionClosed);

    [Fact]
    public async Task A_half_close_after_part_of_the_headers_is_classified() => await RudeCall.ExpectFailureAsync(
        async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nX-Half:");
            connection.Socket.Shutdown(SocketShutdown.Send);
            await connection.HoldAsync();
        },
        FailureKind.ConnectionClosed);

    [Fact]
    public async Task A_reset_is_classified()
    {
        var outcome = await RudeCall.CallAsync(connection =>
        {
            connection.Reset();
            return Task.CompletedTask;
        });

        Assert.Equal(FailureKind.ConnectionReset, outcome.Failure?.Kind);
    }
}
