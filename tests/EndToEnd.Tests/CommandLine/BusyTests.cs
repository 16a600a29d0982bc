using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Waybill.EndToEnd.Tests.Application;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.CommandLine;

/// <summary>Rules out that what is over in a moment is the user's trouble.</summary>
public sealed class BusyTests
{
    private const int Lines = 150;

    /// <summary>Each entry's first time is answered 503: some of them were stored all the same.</summary>
    [Fact]
    public async Task All_of_a_file_are_stored_once_also_where_entries_are_refused_at_first()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "many.ndjson");
        await File.WriteAllLinesAsync(file, Enumerable.Range(1, Lines).Select(number => $$"""{ "url": "http://example.com/{{number}}" }"""));
        var keys = new ConcurrentDictionary<string, string>();
        await using var intake = await AnsweringServer.StartAsync(context => AnswerAsync(context, keys));

        var printed = await new Terminal(intake.Url, intake.Url).RunAsync("send", "--file", file, "--json");

        Assert.Equal(0, printed.ExitCode);
        Assert.Contains("150 stored, 0 refused.", printed.Error, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(1, Lines), printed.JsonLines.Select(line => line.GetProperty("line").GetInt32()).Order());
        Assert.Equal(Lines, keys.Values.Distinct().Count());
        Assert.Equal(Lines, printed.JsonLines.Select(line => line.Text("id")).Distinct().Count());
    }

    /// <param name="keys">By URL; another key for the same one would be another notification.</param>
    private static async Task AnswerAsync(HttpContext context, ConcurrentDictionary<string, string> keys)
    {
        var batch = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body, cancellationToken: context.RequestAborted);
        var results = new JsonArray();

        foreach (var (index, entry) in batch.GetProperty("notifications").EnumerateArray().Index())
        {
            var (url, key) = (entry.Text("url"), entry.Text("idempotencyKey"));
            var isFirst = keys.TryAdd(url, key);

            Assert.Equal(keys[url], key);
            results.Add(JsonNode.Parse(isFirst && url[^1] is not '0'
                ? $$"""{ "index": {{index}}, "problem": { "type": "urn:waybill:problem:table-unavailable", "title": "It is not known.", "status": 503, "id": "x" } }"""
                : $$"""{ "index": {{index}}, "id": "ntf_{{url.Split('/')[^1]}}", "status": "QUEUED" }"""));
        }

        await context.Response.WriteAsJsonAsync(new JsonObject { ["results"] = results });
    }
}
