using System.Net.Http.Headers;
using System.Text;
using Waybill.EndToEnd.Tests.Application;
using Waybill.EndToEnd.Tests.Command;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Browser.Tour;

/// <summary>What the tour does in a terminal, as docs/operating.md says it.</summary>
internal sealed class Newcomer(CommandSettings settings) : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null });

    public string Receiver => $"http://localhost:{settings.Receiver}";

    public Task BreakReceiverAsync() => SendAsync(HttpMethod.Put, $"{Receiver}/broken?status=400");

    public Task RepairReceiverAsync() => SendAsync(HttpMethod.Delete, $"{Receiver}/broken");

    /// <summary>The orders of requests/batch.json.</summary>
    public async Task SendBatchAsync()
    {
        var file = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "requests", "batch.json"));
        var body = file.Replace("http://localhost:5199", Receiver, StringComparison.Ordinal);

        await SendAsync(HttpMethod.Post, $"http://localhost:{settings.Intake}/v1/notifications/batch", new StringContent(body, Encoding.UTF8, "application/json"));
    }

    /// <summary>Leaves the receiver as it was, also where the tour was broken off.</summary>
    public async ValueTask DisposeAsync()
    {
        await RepairReceiverAsync();
        _http.Dispose();
    }

    private async Task SendAsync(HttpMethod method, string url, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, url) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", WaybillClient.LocalKey);

        using var response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }
}
