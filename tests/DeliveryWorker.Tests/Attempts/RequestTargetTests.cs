using Waybill.DeliveryWorker.Delivery;
using Waybill.DeliveryWorker.Tests.Support;

namespace Waybill.DeliveryWorker.Tests.Attempts;

/// <summary>What stands in the record's URL is what stands on the wire.</summary>
public sealed class RequestTargetTests
{
    public static TheoryData<string, string> Targets => new()
    {
        { "/sign%41ture/%7Euser/%2D?sig=%41%5F", "/sign%41ture/%7Euser/%2D?sig=%41%5F" },
        { "/files/%2e%2e/secret%2Etxt", "/files/%2e%2e/secret%2Etxt" },
        { "/a/../b/./c/..", "/a/../b/./c/.." },
        { "//double//slash", "//double//slash" },
        { "/%zz/%?100%", "/%zz/%?100%" },
        { "/a|b^c{d}\"e\\f", "/a|b^c{d}\"e\\f" },
        { "?x", "/?x" },
        { "", "/" },
        { "/schön?ö=%C3%B6", "/sch%C3%B6n?%C3%B6=%C3%B6" },
    };

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task The_request_target_goes_out_byte_for_byte(string stored, string sent)
    {
        var line = "";
        await using var server = new RawServer(async connection =>
        {
            line = (await connection.ReadRequestAsync())?.Split("\r\n")[0];
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        using var attempt = new TestAttempt();

        await attempt.PostAsync(server.Url.TrimEnd('/') + stored);

        Assert.Equal($"POST {sent} HTTP/1.1", line);
    }

    [Theory]
    [InlineData("/a b")]
    [InlineData("/a HTTP/1.1\r\nX-Smuggled: y\r\n\r\n")]
    [InlineData("/a\n")]
    [InlineData("/a\0")]
    [InlineData("/a#b")]
    public async Task What_would_leave_the_request_line_is_not_sent(string stored)
    {
        await using var server = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        using var attempt = new TestAttempt();

        var outcome = await attempt.PostAsync(server.Url.TrimEnd('/') + stored);

        Assert.Equal(FailureKind.InvalidRequest, outcome.Failure?.Kind);
        Assert.Equal(0, server.Accepted);
    }
}
