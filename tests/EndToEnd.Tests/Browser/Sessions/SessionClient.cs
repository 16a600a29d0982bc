using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Waybill.EndToEnd.Tests.Browser.Sessions;

/// <summary>Speaks to the page's API as a browser does, but says of itself what a test wants.</summary>
internal sealed class SessionClient : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _http;
    private string _csrfToken = "";

    public SessionClient(Uri url) =>
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, CookieContainer = _cookies }) { BaseAddress = url };

    public string Cookie
    {
        get => _cookies.GetCookies(_http.BaseAddress!)["waybill-session"]!.Value;
        set => _cookies.Add(_http.BaseAddress!, new Cookie("waybill-session", value));
    }

    public string Origin => _http.BaseAddress!.GetLeftPart(UriPartial.Authority);

    public async Task SignInAsync(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/session");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();

        var session = await _http.GetFromJsonAsync<JsonElement>("/session");
        _csrfToken = session.GetProperty("csrfToken").GetString()!;
    }

    public async Task<HttpStatusCode> GetAsync(string path)
    {
        using var response = await _http.GetAsync(path);
        return response.StatusCode;
    }

    /// <summary>As the page does it; null leaves a header out.</summary>
    public Task<HttpStatusCode> PostAsync(string path) => PostAsync(path, _csrfToken, Origin, "same-origin");

    public async Task<HttpStatusCode> PostAsync(string path, string? token, string? origin, string? site)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        Add(request, "X-Waybill-Csrf", token == "right" ? _csrfToken : token);
        Add(request, "Origin", origin);
        Add(request, "Sec-Fetch-Site", site);

        using var response = await _http.SendAsync(request);
        return response.StatusCode;
    }

    public void Dispose() => _http.Dispose();

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
