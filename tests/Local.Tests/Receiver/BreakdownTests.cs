using System.Net;

namespace Waybill.Local.Tests.Receiver;

public sealed class BreakdownTests : IAsyncLifetime
{
    private readonly RunningReceiver _receiver = new();

    public Task InitializeAsync() => _receiver.InitializeAsync();

    public Task DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task Every_URL_fails_from_the_breakdown_until_the_repair()
    {
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(HttpMethod.Put, "/broken?status=500"));
        Assert.Equal(HttpStatusCode.InternalServerError, await SendAsync(HttpMethod.Post, "/ok"));
        Assert.Equal(HttpStatusCode.InternalServerError, await SendAsync(HttpMethod.Post, "/hook/orders"));
        Assert.Equal(500, (await _receiver.ReceivedAsync()).GetProperty("items")[0].GetProperty("status").GetInt32());

        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(HttpMethod.Delete, "/broken"));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(HttpMethod.Post, "/hook/orders"));
    }

    [Fact]
    public async Task A_breakdown_with_a_status_that_is_no_failure_is_refused()
    {
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(HttpMethod.Put, "/broken?status=200"));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(HttpMethod.Post, "/ok"));
    }

    private async Task<HttpStatusCode> SendAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        using var response = await _receiver.Http.SendAsync(request);
        return response.StatusCode;
    }
}
