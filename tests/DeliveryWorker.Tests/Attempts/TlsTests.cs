using Microsoft.AspNetCore.Server.Kestrel.Core;
using Waybill.DeliveryWorker.Delivery;
using Waybill.DeliveryWorker.Tests.Support;

namespace Waybill.DeliveryWorker.Tests.Attempts;

public sealed class TlsTests
{
    [Theory]
    [InlineData(HttpProtocols.Http1AndHttp2, "HTTP/2")]
    [InlineData(HttpProtocols.Http1, "HTTP/1.1")]
    public async Task The_version_is_negotiated(HttpProtocols offered, string used)
    {
        await using var server = await TlsServer.StartAsync(offered);
        using var attempt = new TestAttempt(tls: server.Trusting());

        var first = await attempt.PostAsync(server.Url);
        var second = await attempt.PostAsync(server.Url);

        Assert.Equal(used, first.Response?.Excerpt);
        Assert.Equal("OK", first.Response?.StatusText);
        Assert.NotNull(first.Timings!.Tls);
        Assert.False(first.Timings.Reused);
        Assert.True(second.Timings!.Reused);
        Assert.Null(second.Timings.Tls);
    }

    [Fact]
    public async Task Many_calls_at_once_over_HTTP_2_all_get_their_answer()
    {
        await using var server = await TlsServer.StartAsync();
        using var attempt = new TestAttempt(tls: server.Trusting());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => attempt.PostAsync(server.Url)));

        Assert.All(outcomes, outcome => Assert.Equal(200, outcome.Response?.StatusCode));
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_a_TLS_failure()
    {
        await using var server = await TlsServer.StartAsync();
        using var attempt = new TestAttempt();

        var outcome = await attempt.PostAsync(server.Url);

        Assert.Equal(FailureKind.TlsFailure, outcome.Failure?.Kind);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_a_TLS_failure()
    {
        await using var server = await TlsServer.StartAsync();
        using var attempt = new TestAttempt(tls: server.Trusting());

        var outcome = await attempt.PostAsync(server.Url.Replace("receiver.example", "other.example", StringComparison.Ordinal));

        Assert.Equal(FailureKind.TlsFailure, outcome.Failure?.Kind);
    }

    [Fact]
    public async Task Nothing_is_fetched_from_where_a_certificate_points()
    {
        await using var metadata = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using var server = await TlsServer.StartAsync(issuerUrl: metadata.Url);
        using var attempt = new TestAttempt();

        var outcome = await attempt.PostAsync(server.Url);

        Assert.Equal(FailureKind.TlsFailure, outcome.Failure?.Kind);
        Assert.Equal(0, metadata.Accepted);
    }

    [Fact]
    public async Task A_handshake_that_never_ends_is_a_timeout_of_TLS()
    {
        await using var server = new RawServer(connection => connection.HoldAsync());
        using var attempt = new TestAttempt();

        var (outcome, elapsed) = await attempt.MeasureAsync($"https://127.0.0.1:{server.Port}/", 1);

        Assert.Equal(FailureKind.TimeoutTls, outcome.Failure?.Kind);
        Assert.InRange(elapsed.TotalSeconds, 0.95, 3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_does_not_speak_TLS_is_a_TLS_failure(bool answers)
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.Stream.ReadAtLeastAsync(new byte[65_536], 1);

            if (answers)
            {
                await connection.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n");
                await connection.HoldAsync();
            }
        });
        using var attempt = new TestAttempt();

        var outcome = await attempt.PostAsync($"https://127.0.0.1:{server.Port}/");

        Assert.Equal(FailureKind.TlsFailure, outcome.Failure?.Kind);
    }
}
