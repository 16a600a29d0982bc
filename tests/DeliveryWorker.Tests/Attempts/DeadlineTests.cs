using System.Diagnostics;
using System.Net;
using Waybill.DeliveryWorker.Delivery;
using Waybill.DeliveryWorker.Egress;
using Waybill.DeliveryWorker.Tests.Support;
using Xunit.Abstractions;

namespace Waybill.DeliveryWorker.Tests.Attempts;

/// <summary>
/// One deadline for the whole attempt, held within 5 %, whichever phase a receiver stalls. A timer of the same length runs beside
/// each attempt: what the machine makes it wait is not held against the attempt. The best of three counts.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class DeadlineTests(ITestOutputHelper output)
{
    private const int Seconds = 2;
    private const int Tries = 3;
    private const string Headers = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(Seconds);
    private static readonly TimeSpan Tolerance = Deadline * 0.05;
    private static readonly TimeSpan Part = Deadline * 0.25;

    [Fact]
    public async Task It_holds_over_DNS_also_where_the_resolver_cannot_be_stopped() =>
        await HoldsAsync("http://receiver.example/", FailureKind.TimeoutDns, (_, _) => new TaskCompletionSource<IPAddress[]>().Task);

    [Fact]
    public async Task It_holds_over_connect()
    {
        using var server = await FullServer.StartAsync();

        await HoldsAsync(server.Url, FailureKind.TimeoutConnect);
    }

    [Fact]
    public async Task It_holds_over_TLS()
    {
        await using var server = new RawServer(connection => connection.HoldAsync());

        await HoldsAsync($"https://127.0.0.1:{server.Port}/", FailureKind.TimeoutTls);
    }

    [Fact]
    public async Task It_holds_over_headers_that_never_come() => await HoldsAsync(connection => connection.HoldAsync(), FailureKind.TimeoutHeaders);

    [Fact]
    public async Task It_holds_over_headers_that_drip() => await HoldsAsync(
        async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\n");
            await RudeCall.RepeatAsync(connection, "X-Drip: 1\r\n", TimeSpan.FromMilliseconds(50));
        },
        FailureKind.TimeoutHeaders);

    [Fact]
    public async Task It_holds_over_a_body_that_never_comes() => await HoldsAsync(
        async connection =>
        {
            await connection.WriteAsync(Headers);
            await connection.HoldAsync();
        },
        FailureKind.TimeoutBody);

    [Fact]
    public async Task It_holds_over_a_body_that_drips() => await HoldsAsync(
        async connection =>
        {
            await connection.WriteAsync(Headers);
            await RudeCall.RepeatAsync(connection, "x", TimeSpan.FromMilliseconds(50));
        },
        FailureKind.TimeoutBody);

    [Fact]
    public async Task What_one_phase_takes_is_gone_for_the_next_ones()
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await Task.Delay(Part, connection.Stopping);
            await connection.WriteAsync(Headers);
            await connection.HoldAsync();
        });

        await HoldsAsync($"http://receiver.example:{server.Port}/", FailureKind.TimeoutBody, async (_, cancellationToken) =>
        {
            await Task.Delay(Part, cancellationToken);
            return [IPAddress.Loopback];
        });
    }

    private async Task HoldsAsync(Func<RawConnection, Task> serve, FailureKind expected)
    {
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await serve(connection);
        });

        await HoldsAsync(server.Url, expected);
    }

    private async Task HoldsAsync(string url, FailureKind expected, HostResolver? resolver = null)
    {
        var late = TimeSpan.MaxValue;

        for (var attempts = 0; attempts < Tries && late > Tolerance; attempts++)
        {
            var another = await LatenessAsync(url, expected, resolver);
            late = another < late ? another : late;
        }

        output.WriteLine($"{expected}: {late.TotalMilliseconds:0.0} ms over a deadline of {Seconds} s");
        Assert.True(late <= Tolerance, $"{late.TotalMilliseconds:0} ms over a deadline of {Seconds} s");
    }

    private static async Task<TimeSpan> LatenessAsync(string url, FailureKind expected, HostResolver? resolver)
    {
        using var attempt = new TestAttempt(resolver);
        var begin = Stopwatch.GetTimestamp();
        var machine = ElapsedAfterDeadlineAsync(begin);

        var outcome = await attempt.PostAsync(url, Seconds);
        var elapsed = Stopwatch.GetElapsedTime(begin);

        Assert.Equal(expected, outcome.Failure?.Kind);
        Assert.InRange(elapsed, Deadline * 0.99, Deadline * 5);

        // The attempt's own figure is rounded to a tenth of a millisecond.
        Assert.InRange(outcome.Milliseconds, Deadline.TotalMilliseconds * 0.99, elapsed.TotalMilliseconds + 0.1);
        return elapsed - await machine;
    }

    private static async Task<TimeSpan> ElapsedAfterDeadlineAsync(long begin)
    {
        await Task.Delay(Deadline);
        return Stopwatch.GetElapsedTime(begin);
    }
}
