using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Waybill.StatusService.Tests.Page;

/// <summary>Speaks to the page's API as a browser does that has signed in.</summary>
internal sealed class PageClient : IDisposable
{
    private readonly HttpClient _http;
    private string _csrfToken = "";

    private PageClient(Uri url) =>
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, CookieContainer = new CookieContainer() }) { BaseAddress = url };

    public static async Task<PageClient> SignInAsync(Uri url, string key)
    {
        var client = new PageClient(url);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/session");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await client._http.SendAsync(request);
        response.EnsureSuccessStatusCode();

        client._csrfToken = (await client._http.GetFromJsonAsync<JsonElement>("/session")).GetProperty("csrfToken").GetString()!;
        return client;
    }

    public Task<PageReply> GetAsync(string path) => SendAsync(HttpMethod.Get, path, body: null);

    /// <param name="body">JSON text; null for none.</param>
    /// <param name="version">For If-Match; null for none.</param>
    public async Task<PageReply> SendAsync(HttpMethod method, string path, string? body, int? version = null, bool fromThePage = true)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };

        if (fromThePage)
        {
            request.Headers.Add("X-Waybill-Csrf", _csrfToken);
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
        }

        if (version is not null)
        {
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
        }

        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new PageReply(response.StatusCode, text, text.Length == 0 ? default : JsonElement.Parse(text));
    }

    public void Dispose() => _http.Dispose();
}

internal sealed record PageReply(HttpStatusCode Status, string Text, JsonElement Json)
{
    public string Id => Json.GetProperty("id").GetString()!;
}
