using System.Net;
using System.Text.Json;

namespace Waybill.IntakeService.Tests.Support;

/// <summary>What intake answered.</summary>
public sealed record IntakeReply(HttpStatusCode StatusCode, JsonElement Json, IReadOnlyDictionary<string, string> Headers, string? ContentType)
{
    public string Id => Text("id");

    public string Status => Text("status");

    /// <summary>The stable name of a problem.</summary>
    public string Problem => Text("type").Replace("urn:waybill:problem:", "", StringComparison.Ordinal);

    public string Text(string field) => Json.GetProperty(field).GetString()!;

    public string[] Errors(string field) =>
        [.. Json.GetProperty("errors").GetProperty(field).EnumerateArray().Select(message => message.GetString()!)];

    public void AssertProblem(HttpStatusCode status, string problem)
    {
        Assert.Equal((status, problem), (StatusCode, Problem));
        Assert.Equal("application/problem+json", ContentType);
        Assert.NotEmpty(Text("title"));
        Assert.Matches("^[0-9a-f]{32}$", Text("traceId"));
    }

    public override string ToString() => $"{(int)StatusCode} {Json}";

    public static async Task<IntakeReply> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        using var document = JsonDocument.Parse(text.StartsWith('{') ? text : $$"""{"text":{{JsonSerializer.Serialize(text)}}}""");

        return new IntakeReply(
            answer.StatusCode,
            document.RootElement.Clone(),
            answer.Headers.ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase),
            answer.Content.Headers.ContentType?.MediaType);
    }
}
