using System.Net;
using Waybill.DeliveryWorker.Delivery;
using Waybill.DeliveryWorker.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.DeliveryWorker.Tests.Egress;

/// <summary>Real connections, to loopback only, while listeners watch that nothing arrives.</summary>
public sealed class LoopbackTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.2")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0177.0.0.1")]
    [InlineData("0x7f.1")]
    [InlineData("0.0.0.0")]
    [InlineData("0")]
    [InlineData("[::1]")]
    [InlineData("[::]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("[0:0:0:0:0:0:0:1]")]
    [InlineData("localhost")]
    [InlineData("LOCALHOST.")]
    [InlineData("internal.example")]
    public async Task No_spelling_of_loopback_gets_a_connection(string host)
    {
        await using var first = new RawServer(connection => connection.HoldAsync());
        await using var second = new RawServer(connection => connection.HoldAsync(), IPAddress.Parse("127.0.0.2"), first.Port);
        await using var sixth = new RawServer(connection => connection.HoldAsync(), IPAddress.IPv6Loopback, first.Port);
        using var closed = new TestAttempt(egress: options => options.AllowedCidrs = []);

        var outcome = await closed.PostAsync($"http://{host}:{first.Port}/");

        Assert.Equal(FailureKind.BlockedAddress, outcome.Failure?.Kind);
        Assert.Equal((0, 0, 0), (first.Accepted, second.Accepted, sixth.Accepted));
    }

    [Fact]
    public async Task Of_several_addresses_only_the_open_ones_are_tried()
    {
        await using var closed = new RawServer(connection => connection.HoldAsync());
        await using var open = new RawServer(Ok, IPAddress.Parse("127.0.0.2"), closed.Port);
        using var attempt = new TestAttempt(
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback, IPAddress.Parse("127.0.0.2")]),
            options => options.AllowedCidrs = ["127.0.0.2/32"]);

        var outcome = await attempt.PostAsync($"http://several.example:{closed.Port}/");

        Assert.Equal(200, outcome.Response?.StatusCode);
        Assert.Equal((0, 1), (closed.Accepted, open.Accepted));
    }

    [Fact]
    public async Task A_name_that_changes_its_address_is_judged_anew_for_each_connection()
    {
        await using var open = new RawServer(Ok, IPAddress.Parse("127.0.0.2"));
        await using var closed = new RawServer(connection => connection.HoldAsync(), IPAddress.Loopback, open.Port);
        var answers = new Queue<string>(["127.0.0.2", "127.0.0.1"]);
        using var attempt = new TestAttempt(
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(answers.Dequeue())]),
            options => options.AllowedCidrs = ["127.0.0.2/32"]);

        var first = await attempt.PostAsync($"http://rebind.example:{open.Port}/");
        var second = await attempt.PostAsync($"http://rebind.example:{open.Port}/");

        Assert.Equal(200, first.Response?.StatusCode);
        Assert.Equal(FailureKind.BlockedAddress, second.Failure?.Kind);
        Assert.Equal(0, closed.Accepted);
    }

    [Fact]
    public async Task A_name_that_moves_is_called_at_its_new_address_once_the_connection_has_had_its_time()
    {
        await using var before = new RawServer(OkAgainAndAgain);
        await using var after = new RawServer(OkAgainAndAgain, IPAddress.Parse("127.0.0.2"), before.Port);
        var address = IPAddress.Loopback;
        using var attempt = new TestAttempt(
            (_, _) => Task.FromResult<IPAddress[]>([address]),
            options => options.ConnectionSeconds = 1);

        await attempt.PostAsync($"http://moves.example:{before.Port}/");
        address = IPAddress.Parse("127.0.0.2");
        var outcome = await Eventually.BecomesAsync(() => attempt.PostAsync($"http://moves.example:{before.Port}/"), _ => after.Accepted > 0);

        Assert.Equal(200, outcome.Response?.StatusCode);
        Assert.Equal(1, before.Accepted);
    }

    /// <summary>The system takes 0.0.0.0 for loopback: the address that was judged is not the one the socket is connected to.</summary>
    [Fact]
    public async Task A_socket_that_ends_up_elsewhere_is_closed_before_a_byte_is_sent()
    {
        var received = new TaskCompletionSource<string?>();
        await using var server = new RawServer(async connection => received.SetResult(await connection.ReadRequestAsync()));
        using var attempt = new TestAttempt(egress: options => options.AllowedCidrs = ["0.0.0.0/32"]);

        var outcome = await attempt.PostAsync($"http://0.0.0.0:{server.Port}/");

        Assert.Equal(FailureKind.BlockedAddress, outcome.Failure?.Kind);
        Assert.Null(await received.Task);
    }

    [Fact]
    public async Task When_the_first_open_address_refuses_the_next_one_is_tried()
    {
        await using var server = new RawServer(Ok, IPAddress.Parse("127.0.0.2"));
        using var attempt = new TestAttempt((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback, IPAddress.Parse("127.0.0.2")]));

        var outcome = await attempt.PostAsync($"http://several.example:{server.Port}/");

        Assert.Equal(200, outcome.Response?.StatusCode);
    }

    [Fact]
    public async Task A_denied_port_gets_no_connection_and_no_name_is_resolved()
    {
        await using var server = new RawServer(connection => connection.HoldAsync());
        using var attempt = new TestAttempt((_, _) => throw new InvalidOperationException("resolved"), options => options.DeniedPorts = [server.Port]);

        var outcome = await attempt.PostAsync($"http://receiver.example:{server.Port}/");

        Assert.Equal((FailureKind.BlockedPort, 0), (outcome.Failure?.Kind, server.Accepted));
    }

    [Fact]
    public async Task Plain_http_gets_no_connection_where_https_is_required()
    {
        await using var server = new RawServer(connection => connection.HoldAsync());
        using var attempt = new TestAttempt(egress: options => options.RequireHttps = true);

        var outcome = await attempt.PostAsync(server.Url);

        Assert.Equal((FailureKind.HttpsRequired, 0), (outcome.Failure?.Kind, server.Accepted));
    }

    private static async Task OkAgainAndAgain(RawConnection connection)
    {
        while (await connection.ReadRequestAsync() is not null)
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        }
    }

    private static async Task Ok(RawConnection connection)
    {
        await connection.ReadRequestAsync();
        await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }
}
