using Waybill.DeliveryWorker.Delivery;
using Waybill.DeliveryWorker.Tests.Support;

namespace Waybill.DeliveryWorker.Tests.Attempts;

/// <summary>An attempt is one call and nothing else.</summary>
public sealed class OneCallTests
{
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed(int status)
    {
        await using var elsewhere = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

        var outcome = await RudeCall.CallAsync(connection =>
            connection.WriteAsync($"HTTP/1.1 {status} Elsewhere\r\nLocation: {elsewhere.Url}\r\nContent-Length: 0\r\n\r\n"));

        Assert.Equal(($"http_{status}", 0), (outcome.Classification.ErrorCode, elsewhere.Accepted));
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

        Assert.Equal(200, first.Response?.StatusCode);
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
}
