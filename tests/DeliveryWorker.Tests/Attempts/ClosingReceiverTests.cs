using System.Collections.Concurrent;
using System.Net.Sockets;
using Waybill.DeliveryWorker.Delivery;
using Waybill.DeliveryWorker.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.DeliveryWorker.Tests.Attempts;

/// <summary>Receivers that close a connection after an answer, announced or not: no call fails by it that did not reach them, and none is made twice.</summary>
public sealed class ClosingReceiverTests
{
    private const string Http10 = "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private const string Http11 = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    [Theory]
    [InlineData(Http10)]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.0 204 No Content\r\n\r\n")]
    [InlineData("HTTP/1.0 200 OK\nConnection: Foo\nContent-Length: 2\n\nok")]
    [InlineData("HTTP/1.0 200 OK\r\n\r\nuntil the end")]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: cLOSE\r\nContent-Length: 2\r\n\r\nok")]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 2\r\n\r\nok")]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok")]
    public async Task Many_calls_to_a_receiver_that_closes_a_moment_later_all_succeed(string answer)
    {
        await using var server = ClosingAfter(answer, TimeSpan.FromMilliseconds(1));
        using var attempt = new TestAttempt();

        var outcomes = await PostManyAsync(attempt, server.Server, 150, atATime: 8);

        Assert.All(outcomes, outcome => Assert.Equal((null, 2), (outcome.Failure?.ToString(), outcome.Response?.StatusCode / 100)));
        Assert.Equal(150, server.Requests);
    }

    [Fact]
    public async Task A_close_that_is_not_announced_fails_no_call_that_begins_after_it()
    {
        await using var server = ClosingAfter(Http11, TimeSpan.Zero);
        using var attempt = new TestAttempt();

        for (var call = 1; call <= 50; call++)
        {
            var outcome = await attempt.PostAsync(server.Server.Url);
            await Eventually.BecomesAsync(() => Task.FromResult(server.Closed), closed => closed == call);

            Assert.Equal((null, 200), (outcome.Failure?.ToString(), outcome.Response?.StatusCode));
        }
    }

    [Fact]
    public async Task Where_call_and_close_cross_the_receiver_sees_no_call_twice()
    {
        await using var server = ClosingAfter(Http11, TimeSpan.Zero);
        using var attempt = new TestAttempt();

        var outcomes = await PostManyAsync(attempt, server.Server, 300, atATime: 4);

        // A call that lay unread in the receiver's system as it closed: it answers with a reset, and nobody can know.
        var failures = outcomes.Where(outcome => outcome.Failure is not null).ToList();
        Assert.All(failures, outcome => Assert.Equal(FailureKind.ConnectionReset, outcome.Failure?.Kind));
        Assert.Equal(300 - failures.Count, server.Requests);
    }

    [Fact]
    public async Task A_connection_is_kept_after_HTTP_1_0_where_both_want_it()
    {
        await using var server = RawServer.Answering("HTTP/1.0 200 OK\r\nconnection: Foo, Keep-Alive\r\nContent-Length: 2\r\n\r\nok");
        using var attempt = new TestAttempt();

        await attempt.PostAsync(server.Url);
        var second = await attempt.PostAsync(server.Url);

        Assert.Equal(200, second.Response?.StatusCode);
        Assert.Equal(1, server.Accepted);
    }

    [Fact]
    public async Task A_connection_is_not_used_again_after_HTTP_1_0()
    {
        await using var server = RawServer.Answering(Http10);
        using var attempt = new TestAttempt();

        await attempt.PostAsync(server.Url);
        var second = await attempt.PostAsync(server.Url);

        Assert.Equal((200, false), (second.Response?.StatusCode, second.Timings?.Reused));
        Assert.Equal(2, server.Accepted);
    }

    [Fact]
    public async Task A_head_of_HTTP_1_0_that_comes_byte_by_byte_is_understood()
    {
        await using var server = new RawServer(async connection =>
        {
            while (await connection.ReadRequestAsync() is not null)
            {
                foreach (var character in "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok")
                {
                    await connection.WriteAsync(character.ToString());
                }
            }
        });
        using var attempt = new TestAttempt();

        await attempt.PostAsync(server.Url);
        await attempt.PostAsync(server.Url);

        Assert.Equal(1, server.Accepted);
    }

    [Theory]
    [InlineData(100, "POST")]
    [InlineData(200_000, "POST")]
    [InlineData(0, "GET")]
    public async Task A_request_that_was_read_and_not_answered_is_not_sent_again(int bytes, string method)
    {
        var requests = 0;
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            Interlocked.Increment(ref requests);
            await connection.WriteAsync(Http11);

            if (await connection.ReadRequestAsync() is not null)
            {
                Interlocked.Increment(ref requests);
            }

            connection.Socket.Shutdown(SocketShutdown.Send);
        });
        using var attempt = new TestAttempt();
        var claim = A.Claim(server.Url) with { Request = A.Request(server.Url, method, bytes == 0 ? null : new byte[bytes]) };

        await attempt.Attempt.MakeAsync(claim);
        var second = await attempt.Attempt.MakeAsync(claim);

        Assert.Equal(FailureKind.ConnectionClosed, second.Failure?.Kind);
        Assert.Equal(2, requests);
    }

    [Fact]
    public async Task A_reset_after_the_request_was_written_is_a_failure_as_nobody_knows()
    {
        var requests = 0;
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            Interlocked.Increment(ref requests);
            await connection.WriteAsync(Http11);
            await connection.ReadRequestAsync();
            Interlocked.Increment(ref requests);
            connection.Reset();
        });
        using var attempt = new TestAttempt();

        await attempt.PostAsync(server.Url);
        var second = await attempt.PostAsync(server.Url);

        Assert.Equal(FailureKind.ConnectionReset, second.Failure?.Kind);
        Assert.Equal(2, requests);
    }

    [Fact]
    public async Task A_receiver_that_closes_new_connections_is_called_once()
    {
        await using var server = new RawServer(_ => Task.CompletedTask);
        using var attempt = new TestAttempt();

        var outcome = await attempt.PostAsync(server.Url);

        Assert.NotNull(outcome.Failure);
        Assert.Equal(1, server.Accepted);
    }

    [Fact]
    public async Task What_is_sent_again_is_measured_as_a_call_of_its_own()
    {
        await using var server = ClosingAfter(Http10, TimeSpan.Zero);
        using var attempt = new TestAttempt();

        var outcomes = await PostManyAsync(attempt, server.Server, 20, atATime: 1);

        Assert.All(outcomes, outcome => Assert.False(outcome.Timings!.Reused));
        Assert.All(outcomes, outcome => Assert.NotNull(outcome.Timings!.Connect));
    }

    private static CountingServer ClosingAfter(string answer, TimeSpan pause) => new(answer, pause);

    private static async Task<IReadOnlyCollection<AttemptOutcome>> PostManyAsync(TestAttempt attempt, RawServer server, int calls, int atATime)
    {
        var outcomes = new ConcurrentBag<AttemptOutcome>();
        var left = calls;

        await Task.WhenAll(Enumerable.Range(0, atATime).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                outcomes.Add(await attempt.PostAsync(server.Url));
            }
        }));

        return outcomes;
    }

    /// <summary>Answers one request a connection, and closes.</summary>
    private sealed class CountingServer : IAsyncDisposable
    {
        private int _requests;
        private int _closed;

        public CountingServer(string answer, TimeSpan pause) => Server = new RawServer(async connection =>
        {
            if (await connection.ReadRequestAsync() is null)
            {
                return;
            }

            Interlocked.Increment(ref _requests);
            await connection.WriteAsync(answer);
            await Task.Delay(pause, connection.Stopping);

            // As close() does: what came in the meantime is not read.
            connection.Socket.Close();
            Interlocked.Increment(ref _closed);
        });

        public RawServer Server { get; }

        public int Closed => Volatile.Read(ref _closed);

        public int Requests => Volatile.Read(ref _requests);

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
