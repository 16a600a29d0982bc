using System.IO.Compression;
using Waybill.DeliveryWorker.Delivery;
using Waybill.DeliveryWorker.Tests.Support;

namespace Waybill.DeliveryWorker.Tests.Attempts;

/// <summary>Receivers that mean harm or are broken: the outcome is classified, the deadline holds, memory stays bounded.</summary>
public sealed class HostileReceiverTests
{
    private const int DeadlineSeconds = 1;

    /// <summary>5 % is the promise; the rest is for a machine that runs other tests at the same time.</summary>
    private static readonly TimeSpan LatestEnd = TimeSpan.FromSeconds(DeadlineSeconds * 3);

    [Fact]
    public async Task A_receiver_that_never_answers_is_a_timeout() =>
        await ExpectTimeout(connection => connection.HoldAsync(), FailureKind.TimeoutHeaders);

    [Fact]
    public async Task A_slow_drip_of_headers_is_a_timeout() => await ExpectTimeout(
        async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\n");
            await Repeat(connection, "X-Drip: 1\r\n", TimeSpan.FromMilliseconds(50));
        },
        FailureKind.TimeoutHeaders);

    [Fact]
    public async Task A_slow_drip_of_body_is_a_timeout_that_keeps_the_status()
    {
        var outcome = await ExpectTimeout(
            async connection =>
            {
                await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
                await Repeat(connection, "x", TimeSpan.FromMilliseconds(50));
            },
            FailureKind.TimeoutBody);

        Assert.Equal(200, outcome.Answer?.StatusCode);
    }

    [Fact]
    public async Task A_flood_of_interim_answers_is_refused() => await ExpectFailure(
        connection => Repeat(connection, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", TimeSpan.Zero),
        FailureKind.HeadersTooLarge);

    [Fact]
    public async Task A_slow_drip_of_interim_answers_is_a_timeout() => await ExpectTimeout(
        connection => Repeat(connection, "HTTP/1.1 102 Processing\r\n\r\n", TimeSpan.FromMilliseconds(50)),
        FailureKind.TimeoutHeaders);

    [Fact]
    public async Task An_endless_body_is_cut_off_and_counts_as_answered()
    {
        var outcome = await CallAsync(async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            await Repeat(connection, $"2000\r\n{new string('x', 0x2000)}\r\n", TimeSpan.Zero);
        });

        Assert.Equal((200, null), (outcome.Answer?.StatusCode, outcome.Failure));
        Assert.Equal(new string('x', 1024), outcome.Answer?.Excerpt);
    }

    [Fact]
    public async Task A_body_of_many_gigabytes_is_cut_off()
    {
        var outcome = await CallAsync(async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 500 Oops\r\nContent-Length: 99999999999\r\n\r\n");
            await Repeat(connection, new string('x', 65_536), TimeSpan.Zero);
        });

        Assert.Equal((500, "Oops"), (outcome.Answer?.StatusCode, outcome.Answer?.StatusText));
    }

    [Fact]
    public async Task A_gzip_bomb_is_not_unpacked()
    {
        using var packed = new MemoryStream();

        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[10_000_000]);
        }

        var outcome = await CallAsync(async connection =>
        {
            await connection.WriteAsync($"HTTP/1.1 400 Bad\r\nContent-Encoding: gzip\r\nContent-Type: text/plain\r\nContent-Length: {packed.Length}\r\n\r\n");
            await connection.WriteAsync(packed.ToArray());
        });

        Assert.Equal($"(binary, {packed.Length} bytes, text/plain, gzip)", outcome.Answer?.Excerpt);
    }

    [Fact]
    public async Task A_flood_of_headers_is_refused() => await ExpectFailure(
        async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\n");
            await Repeat(connection, $"X-Flood: {new string('x', 1000)}\r\n", TimeSpan.Zero);
        },
        FailureKind.HeadersTooLarge);

    [Fact]
    public async Task One_endless_header_is_refused() => await ExpectFailure(
        async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nX-Flood: ");
            await Repeat(connection, new string('x', 1000), TimeSpan.Zero);
        },
        FailureKind.HeadersTooLarge);

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n\r\n")]
    [InlineData("\0\u0001\u0002\u0003garbage\r\n\r\n")]
    [InlineData("HTTP/1.1 abc OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: x\r\nno colon here\r\n\r\n")]
    public async Task What_is_not_HTTP_is_a_protocol_error(string garbage) => await ExpectFailure(
        async connection =>
        {
            await connection.WriteAsync(garbage);
            await connection.HoldAsync();
        },
        FailureKind.ProtocolError);

    [Fact]
    public async Task A_switch_of_protocols_nobody_asked_for_is_a_protocol_error()
    {
        var outcome = await CallAsync(connection => connection.WriteAsync("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"));

        Assert.Equal(ErrorCodes.ProtocolError, outcome.Classification.ErrorCode);
    }

    [Fact]
    public async Task A_close_instead_of_an_answer_is_classified() =>
        await ExpectFailure(_ => Task.CompletedTask, FailureKind.ConnectionClosed);

    [Fact]
    public async Task A_close_within_the_body_is_classified() => await ExpectFailure(
        connection => connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"),
        FailureKind.ConnectionClosed);

    [Fact]
    public async Task A_half_close_after_part_of_the_headers_is_classified() => await ExpectFailure(
        async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nX-Half:");
            connection.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
            await connection.HoldAsync();
        },
        FailureKind.ConnectionClosed);

    [Fact]
    public async Task A_reset_is_classified()
    {
        var outcome = await CallAsync(connection =>
        {
            connection.Reset();
            return Task.CompletedTask;
        });

        Assert.Equal(FailureKind.ConnectionReset, outcome.Failure?.Kind);
    }

    [Fact]
    public async Task A_huge_wish_to_wait_is_bounded_to_a_day()
    {
        var outcome = await CallAsync(connection =>
            connection.WriteAsync("HTTP/1.1 503 Later\r\nRetry-After: 99999999999999999999\r\nContent-Length: 0\r\n\r\n"));

        Assert.Equal(TimeSpan.FromHours(24), outcome.Answer?.RetryAfter);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

        var outcome = await CallAsync(connection =>
            connection.WriteAsync($"HTTP/1.1 302 Found\r\nLocation: {elsewhere.Url}\r\nContent-Length: 0\r\n\r\n"));

        Assert.Equal(("http_302", 0), (outcome.Classification.ErrorCode, elsewhere.Accepted));
    }

    [Fact]
    public async Task Cookies_are_not_kept()
    {
        var second = "";
        await using var server = new RawServer(async connection =>
        {
            while (await connection.ReadRequestAsync() is { } request)
            {
                second = request;
                await connection.WriteAsync("HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 0\r\n\r\n");
            }
        });
        using var attempt = new TestAttempt();

        await attempt.PostAsync(server.Url);
        await attempt.PostAsync(server.Url);

        Assert.DoesNotContain("Cookie", second, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task A_connection_that_breaks_before_the_answer_causes_no_second_call(string method)
    {
        var requests = 0;
        await using var server = new RawServer(async connection =>
        {
            await CountRequestAsync(connection);
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

            // The second request on the connection is read, and perhaps acted on, but never answered.
            await CountRequestAsync(connection);
        });
        using var attempt = new TestAttempt();
        var claim = A.Claim(server.Url) with { Request = A.Request(server.Url, method, method is "GET" or "DELETE" ? null : [1, 2]) };

        var first = await attempt.Attempt.MakeAsync(claim);
        var second = await attempt.Attempt.MakeAsync(claim);

        Assert.Equal(200, first.Answer?.StatusCode);
        Assert.Equal(FailureKind.ConnectionClosed, second.Failure?.Kind);
        Assert.Equal(2, requests);

        async Task CountRequestAsync(RawConnection connection)
        {
            if (await connection.ReadRequestAsync() is not null)
            {
                Interlocked.Increment(ref requests);
            }
        }
    }

    [Fact]
    public async Task Memory_stays_bounded_whatever_is_sent()
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n");
            await Repeat(connection, new string('x', 65_536), TimeSpan.Zero);
        });
        using var attempt = new TestAttempt();
        await attempt.PostAsync(server.Url);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var i = 0; i < 200; i++)
        {
            await attempt.PostAsync(server.Url);
        }

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(grown < 200 * 64 * 1024, $"{grown / 1024} KiB after 200 attempts");
    }

    private static async Task<AttemptOutcome> ExpectTimeout(Func<RawConnection, Task> serve, FailureKind expected)
    {
        await using var server = Server(serve);
        using var attempt = new TestAttempt();

        var (outcome, elapsed) = await attempt.MeasureAsync(server.Url, DeadlineSeconds);

        Assert.Equal(expected, outcome.Failure?.Kind);
        Assert.InRange(elapsed, TimeSpan.FromSeconds(DeadlineSeconds * 0.95), LatestEnd);
        return outcome;
    }

    private static async Task ExpectFailure(Func<RawConnection, Task> serve, FailureKind expected)
    {
        var outcome = await CallAsync(serve);

        Assert.Equal(expected, outcome.Failure?.Kind);
        Assert.NotEmpty(outcome.Failure!.Message);
    }

    private static async Task<AttemptOutcome> CallAsync(Func<RawConnection, Task> serve)
    {
        await using var server = Server(serve);
        using var attempt = new TestAttempt();
        return await attempt.PostAsync(server.Url);
    }

    private static RawServer Server(Func<RawConnection, Task> serve) => new(async connection =>
    {
        await connection.ReadRequestAsync();
        await serve(connection);
    });

    private static async Task Repeat(RawConnection connection, string text, TimeSpan pause)
    {
        while (!connection.Stopping.IsCancellationRequested)
        {
            await connection.WriteAsync(text);

            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, connection.Stopping);
            }
        }
    }
}
