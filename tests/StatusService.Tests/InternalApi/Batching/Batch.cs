using System.Text;
using System.Text.Json;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Batching;

namespace Waybill.StatusService.Tests.InternalApi.Batching;

/// <summary>Sends lines to the internal API as they are written here, and reads the lines of the answer.</summary>
internal static class Batch
{
    public const string Path = StatusRoutes.Prefix + StatusRoutes.Batch;

    public static StringContent Content(params string[] lines) => Content(string.Join('\n', lines) + "\n");

    public static StringContent Content(string text) => new(text, Encoding.UTF8, BatchFormat.MediaType);

    public static string Call<T>(string id, string transition, T? body, bool minimal = false)
        where T : class
    {
        var call = new Dictionary<string, object?> { ["transition"] = transition, ["id"] = id, ["minimal"] = minimal };

        if (body is not null)
        {
            call["body"] = body;
        }

        return JsonSerializer.Serialize(call, JsonSerializerOptions.Web);
    }

    public static string Call(string id, string transition, bool minimal = false) => Call<object>(id, transition, null, minimal);

    /// <returns>For each call, in the order of the calls.</returns>
    public static async Task<List<JsonElement>> Post(HttpClient http, params string[] lines)
    {
        using var answer = await http.PostAsync(Path, Content(lines));
        return Read(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(), lines.Length);
    }

    public static List<JsonElement> Read(string text, int calls)
    {
        var answers = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Line).OrderBy(Number).ToList();
        Assert.Equal(Enumerable.Range(0, calls), answers.Select(Number));
        return answers;
    }

    public static JsonElement Line(string line) => JsonSerializer.Deserialize<JsonElement>(line);

    public static int Number(JsonElement answer) => answer.GetProperty("call").GetInt32();

    public static int Status(JsonElement answer) => answer.GetProperty("status").GetInt32();

    /// <summary>Null for none.</summary>
    public static JsonElement? Body(JsonElement answer) => answer.TryGetProperty("body", out var body) ? body : null;
}
