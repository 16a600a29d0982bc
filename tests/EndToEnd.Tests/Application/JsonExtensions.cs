using System.Text.Json;

namespace Waybill.EndToEnd.Tests.Application;

/// <summary>Reads JSON as it came; a path leads through members of members: <c>deliveryResult.errorDetails.code</c>.</summary>
internal static class JsonExtensions
{
    public static bool Has(this JsonElement json, string path) => Find(json, path) is not null;

    public static string Text(this JsonElement json, string path) => json.At(path).GetString()!;

    public static int Number(this JsonElement json, string path) => json.At(path).GetInt32();

    public static DateTimeOffset Time(this JsonElement json, string path) => json.At(path).GetDateTimeOffset();

    public static IEnumerable<string> Members(this JsonElement json) => json.EnumerateObject().Select(member => member.Name);

    public static JsonElement At(this JsonElement json, string path) =>
        Find(json, path) ?? throw new KeyNotFoundException($"There is no {path} in {json}");

    private static JsonElement? Find(JsonElement json, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (!json.TryGetProperty(name, out json))
            {
                return null;
            }
        }

        return json;
    }
}
