using System.Net.Http.Json;
using System.Text.Json;

namespace Waybill.EndToEnd.Tests.Application;

/// <summary>The sample receiver: URLs that answer as they say, and what has arrived there.</summary>
public sealed class ReceiverClient(Uri url) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    public string Url(string path) => new Uri(url, path).ToString();

    /// <summary>The calls made for a notification, oldest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> CallsAsync(string notificationId)
    {
        var received = await _http.GetFromJsonAsync<JsonElement>(Url($"/received?webhook-id={notificationId}"));
        return [.. received.At("items").EnumerateArray().Reverse()];
    }

    /// <summary>Those made to a path, for whatever notification, oldest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> CallsToAsync(string path)
    {
        var received = await _http.GetFromJsonAsync<JsonElement>(Url($"/received?path={path}"));
        return [.. received.At("items").EnumerateArray().Reverse()];
    }

    public void Dispose() => _http.Dispose();
}
