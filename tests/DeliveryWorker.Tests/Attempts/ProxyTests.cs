using System.Net;
using Waybill.DeliveryWorker.Tests.Support;

namespace Waybill.DeliveryWorker.Tests.Attempts;

/// <summary>Alone, as the platform has one default proxy for all of the process.</summary>
[Collection(AloneCollection.Name)]
public sealed class ProxyTests
{
    [Fact]
    public async Task The_systems_proxy_is_not_used()
    {
        await using var proxy = RawServer.Answering("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
        await using var server = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        var systems = HttpClient.DefaultProxy;

        try
        {
            HttpClient.DefaultProxy = new WebProxy(proxy.Url);
            using var attempt = new TestAttempt();

            var outcome = await attempt.PostAsync($"http://receiver.example:{server.Port}/");

            Assert.Equal((200, 0), (outcome.Response?.StatusCode, proxy.Accepted));
        }
        finally
        {
            HttpClient.DefaultProxy = systems;
        }
    }
}
