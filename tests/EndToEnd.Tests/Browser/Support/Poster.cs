using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Waybill.EndToEnd.Tests.Browser.Support;

/// <summary>A client of intake's API.</summary>
internal sealed class Poster(Uri intake, string key)
{
    /// <returns>The id of the notification, which was accepted.</returns>
    public async Task<string> PostJsonAsync(JsonObject notification)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

        using var response = await http.PostAsJsonAsync(new Uri(intake, "/v1/notifications"), notification);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.True(response.IsSuccessStatusCode, answer.ToString());
        return answer.GetProperty("id").GetString()!;
    }

    /// <summary>One whose retries come quickly.</summary>
    public Task<string> PostAsync(string url, params int[] retrySchedule) => PostJsonAsync(new JsonObject
    {
        ["url"] = url,
        ["payload"] = new JsonObject { ["order"] = 4711 },
        ["retrySchedule"] = new JsonArray([.. retrySchedule.Select(seconds => JsonValue.Create(seconds))]),
    });
}
