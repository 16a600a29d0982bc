using System.Text.Json;

namespace StandIns.Aspire.Tests.Support;

/// <summary>What Data/server.mjs says of itself.</summary>
internal static class ServerAnswer
{
    public static async Task<int> ChildAsync(ResourceEvent server, CancellationToken cancellationToken)
    {
        using var answer = await AskAsync(server, cancellationToken);
        return answer.RootElement.GetProperty("child").GetInt32();
    }

    public static async Task<IReadOnlyDictionary<string, string>> EnvironmentAsync(
        ResourceEvent server,
        CancellationToken cancellationToken)
    {
        using var answer = await AskAsync(server, cancellationToken);
        var environment = answer.RootElement.GetProperty("environment");
        return environment.EnumerateObject().ToDictionary(variable => variable.Name, variable => variable.Value.GetString()!);
    }

    private static async Task<JsonDocument> AskAsync(ResourceEvent server, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        return JsonDocument.Parse(await client.GetStringAsync(new Uri(server.Snapshot.Urls[0].Url), cancellationToken));
    }
}
