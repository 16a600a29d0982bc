using System.Net;
using System.Net.Sockets;
using Waybill.DeliveryWorker.Delivery;
using Waybill.DeliveryWorker.Tests.Support;
using Waybill.LocalAws;

namespace Waybill.DeliveryWorker.Tests.Attempts;

/// <summary>Calls that never reach a receiver. No name server is asked: the resolver's answers are the test's.</summary>
public sealed class NoConnectionTests
{
    [Fact]
    public async Task A_port_where_nothing_listens_is_refused()
    {
        using var attempt = new TestAttempt();

        var outcome = await attempt.PostAsync($"http://127.0.0.1:{LoopbackPort.Pick()}/");

        Assert.Equal(FailureKind.ConnectionRefused, outcome.Failure?.Kind);
        Assert.Null(outcome.Response);
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, "dns_not_found")]
    [InlineData(SocketError.NoData, "dns_not_found")]
    [InlineData(SocketError.TryAgain, "dns_failure")]
    [InlineData(SocketError.NoRecovery, "dns_failure")]
    public async Task What_the_resolver_says_is_classified(SocketError error, string expected)
    {
        using var attempt = new TestAttempt((_, _) => Task.FromException<IPAddress[]>(new SocketException((int)error)));

        var outcome = await attempt.PostAsync("http://receiver.invalid/");

        Assert.Equal(expected, outcome.Classification.ErrorCode);
    }

    [Fact]
    public async Task A_name_without_an_address_is_not_found()
    {
        using var attempt = new TestAttempt((_, _) => Task.FromResult<IPAddress[]>([]));

        Assert.Equal(FailureKind.DnsNotFound, (await attempt.PostAsync("http://receiver.invalid/")).Failure?.Kind);
    }

    [Fact]
    public async Task A_resolver_that_hangs_is_a_timeout_of_DNS()
    {
        using var attempt = new TestAttempt(async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return [];
        });

        var (outcome, elapsed) = await attempt.MeasureAsync("http://receiver.invalid/", 1);

        Assert.Equal(FailureKind.TimeoutDns, outcome.Failure?.Kind);
        Assert.InRange(elapsed.TotalSeconds, 0.95, 3);
        Assert.InRange(outcome.Timings!.Dns!.Value, 900, 3000);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/", "POST")]
    [InlineData("not a url", "POST")]
    [InlineData("http://127.0.0.1/", "BAD METHOD")]
    public async Task A_request_that_cannot_be_sent_is_final(string url, string method)
    {
        using var attempt = new TestAttempt();

        var outcome = await attempt.Attempt.MakeAsync(A.Claim(url) with { Request = A.Request(url, method) });

        Assert.Equal(FailureKind.InvalidRequest, outcome.Failure?.Kind);
    }
}
