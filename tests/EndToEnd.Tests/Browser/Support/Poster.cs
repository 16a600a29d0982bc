using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Waybill.EndToEnd.Tests.Browser.Support;

/// <summary>A client of intake's API.</summary>
internal sealed class Poster(Uri intake, string key)
{
    /// <returns>The id of the notification, which was accepted.</returns>
    public Task<string> PostJsonAsync(JsonObject notification) => PostAsync("/v1/notifications", notification);

    /// <returns>The id of the endpoint.</returns>
    public Task<string> AddEndpointAsync(string tenant, string url, params string[] types) => PostAsync($"/v1/tenants/{tenant}/endpoints", new JsonObject
    {
        ["url"] = url,
        ["types"] = new JsonArray([.. types.Select(type => JsonValue.Create(type))]),
        ["retrySchedule"] = new JsonArray(),
    });

    /// <returns>The id of the event.</returns>
    public Task<string> PublishAsync(string tenant, string type) => PostAsync("/v1/events", new JsonObject
    {
        ["type"] = type,
        ["tenant"] = tenant,
        ["payload"] = new JsonObject { ["order"] = 4711 },
    });

    /// <summary>One whose retries come quickly.</summary>
    public Task<string> PostAsync(string url, params int[] retrySchedule) => PostJsonAsync(new JsonObject
    {
        ["url"] = url,
        ["payload"] = new JsonObject { ["order"] = 4711 },
        ["retrySchedule"] = new JsonArray([.. retrySchedule.Select(seconds => JsonValue.Create(seconds))]),
    });

    private async Task<string> PostAsync(string path, JsonObject body)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

        using var response = await http.PostAsJsonAsync(new Uri(intake, path), body);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.True(response.IsSuccessStatusCode, answer.ToString());
        return answer.GetProperty("id").GetString()!;
    }
}
