using System.Globalization;
using System.Net;
using Waybill.LocalAws;
using Waybill.Receiving.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.Receiving.Tests.Samples;

/// <summary>The sample of samples/README.md, started as is said there, does what its counterpart in JavaScript does.</summary>
public sealed class OwnReceiverTests
{
    [Fact]
    public async Task It_prints_what_it_has_verified_once_and_refuses_what_was_signed_otherwise()
    {
        var port = LoopbackPort.Pick().ToString(CultureInfo.InvariantCulture);
        await using var receiver = await PrintingProcess.StartAsync(
            typeof(Program).Assembly.Location,
            [],
            line => line == $"waiting on http://localhost:{port}",
            ("WEBHOOK_SECRET", Call.Secret), ("PORT", port));
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://localhost:{port}") };
        var call = new Call { Timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds(), Path = "/orders" };

        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(http, call));
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(http, call));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(http, call with { Secrets = [Call.OtherSecret] }));

        await receiver.PrintsAsync(line => line == $"verified {call.Id}: {Call.Order}");
        Assert.Single(receiver.Lines, line => line.StartsWith("verified", StringComparison.Ordinal));
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient http, Call call)
    {
        using var request = call.ToRequest();
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }
}
