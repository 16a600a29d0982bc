using System.IO.Compression;
using Waybill.DeliveryWorker.Delivery;
using Waybill.DeliveryWorker.Tests.Support;

namespace Waybill.DeliveryWorker.Tests.Attempts;

/// <summary>Receivers that mean harm: the outcome is classified, and nothing beyond the cap is read.</summary>
public sealed class HostileReceiverTests
{
    [Fact]
    public async Task A_receiver_that_never_answers_is_a_timeout() =>
        await RudeCall.ExpectTimeoutAsync(connection => connection.HoldAsync(), FailureKind.TimeoutHeaders);

    [Fact]
    public async Task A_slow_drip_of_headers_is_a_timeout() => await RudeCall.ExpectTimeoutAsync(
        async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\n");
            await RudeCall.RepeatAsync(connection, "X-Drip: 1\r\n", TimeSpan.FromMilliseconds(50));
        },
        FailureKind.TimeoutHeaders);

    [Fact]
    public async Task A_slow_drip_of_body_is_a_timeout_that_keeps_the_status()
    {
        var outcome = await RudeCall.ExpectTimeoutAsync(
            async connection =>
            {
                await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
                await RudeCall.RepeatAsync(connection, "x", TimeSpan.FromMilliseconds(50));
            },
            FailureKind.TimeoutBody);

        Assert.Equal(200, outcome.Response?.StatusCode);
    }

    [Fact]
    public async Task A_flood_of_interim_answers_is_refused() => await RudeCall.ExpectFailureAsync(
        connection => RudeCall.RepeatAsync(connection, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", TimeSpan.Zero),
        FailureKind.HeadersTooLarge);

    [Fact]
    public async Task A_slow_drip_of_interim_answers_is_a_timeout() => await RudeCall.ExpectTimeoutAsync(
        connection => RudeCall.RepeatAsync(connection, "HTTP/1.1 102 Processing\r\n\r\n", TimeSpan.FromMilliseconds(50)),
        FailureKind.TimeoutHeaders);

    [Fact]
    public async Task An_endless_body_is_cut_off_and_counts_as_answered()
    {
        var outcome = await RudeCall.CallAsync(async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            await RudeCall.RepeatAsync(connection, $"2000\r\n{new string('x', 0x2000)}\r\n", TimeSpan.Zero);
        });

        Assert.Equal((200, null), (outcome.Response?.StatusCode, outcome.Failure));
        Assert.Equal(new string('x', 1024), outcome.Response?.Excerpt);
    }

    [Fact]
    public async Task A_body_of_many_gigabytes_is_cut_off()
    {
        var outcome = await RudeCall.CallAsync(async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 500 Oops\r\nContent-Length: 99999999999\r\n\r\n");
            await RudeCall.RepeatAsync(connection, new string('x', 65_536), TimeSpan.Zero);
        });

        Assert.Equal((500, "Oops"), (outcome.Response?.StatusCode, outcome.Response?.StatusText));
    }

    [Fact]
    public async Task A_gzip_bomb_is_not_unpacked()
    {
        using var packed = new MemoryStream();

        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[10_000_000]);
        }

        var outcome = await RudeCall.CallAsync(async connection =>
        {
            await connection.WriteAsync($"HTTP/1.1 400 Bad\r\nContent-Encoding: gzip\r\nContent-Type: text/plain\r\nContent-Length: {packed.Length}\r\n\r\n");
            await connection.WriteAsync(packed.ToArray());
        });

        Assert.Equal($"(binary, {packed.Length} bytes, text/plain, gzip)", outcome.Response?.Excerpt);
    }

    [Fact]
    public async Task A_flood_of_headers_is_refused() => await RudeCall.ExpectFailureAsync(
        async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\n");
            await RudeCall.RepeatAsync(connection, $"X-Flood: {new string('x', 1000)}\r\n", TimeSpan.Zero);
        },
        FailureKind.HeadersTooLarge);

    [Fact]
    public async Task One_endless_header_is_refused() => await RudeCall.ExpectFailureAsync(
        async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nX-Flood: ");
            await RudeCall.RepeatAsync(connection, new string('x', 1000), TimeSpan.Zero);
        },
        FailureKind.HeadersTooLarge);

    [Fact]
    public async Task A_huge_wish_to_wait_is_bounded_to_a_day()
    {
        var outcome = await RudeCall.CallAsync(connection =>
            connection.WriteAsync("HTTP/1.1 503 Later\r\nRetry-After: 99999999999999999999\r\nContent-Length: 0\r\n\r\n"));

        Assert.Equal(TimeSpan.FromHours(24), outcome.Response?.RetryAfter);
    }

    /// <summary>Beyond the cap there is what the two systems buffer between them.</summary>
    [Fact]
    public async Task What_a_body_has_beyond_the_cap_is_not_taken_off_the_wire()
    {
        const long Buffered = 8 * 1024 * 1024;
        var written = 0L;
        var ended = new TaskCompletionSource();
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 90000000\r\n\r\n");

            try
            {
                for (; written < 90_000_000; written += 65_536)
                {
                    await connection.WriteAsync(new byte[65_536]);
                }
            }
            finally
            {
                ended.TrySetResult();
            }
        });
        using var attempt = new TestAttempt();

        var outcome = await attempt.PostAsync(server.Url);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(200, outcome.Response?.StatusCode);
        Assert.True(written < Buffered, $"{written} bytes were taken");
    }
}
