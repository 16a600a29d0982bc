using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Waybill.TestSupport;

namespace Waybill.Outbox.Tests.Support;

/// <summary>A server that answers batches as intake does, and notes each entry that it takes.</summary>
internal sealed class RecordingIntake : IAsyncDisposable
{
    private readonly ConcurrentQueue<Taken> _taken = new();
    private readonly ConcurrentQueue<Batch> _batches = new();
    private AnsweringServer _server = null!;

    private RecordingIntake()
    {
    }

    public Uri Url => _server.Url;

    /// <summary>What it has answered with an id, in order.</summary>
    public IReadOnlyCollection<Taken> All => _taken;

    /// <summary>Each batch that has come, however it was answered.</summary>
    public IReadOnlyCollection<Batch> Batches => _batches;

    /// <summary>Answers a batch as a whole where it returns true; it may wait.</summary>
    public Func<HttpContext, Batch, Task<bool>> Instead { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>The problem of an entry; null where it is taken.</summary>
    public Func<JsonNode, JsonObject?> Judge { get; set; } = _ => null;

    public static async Task<RecordingIntake> StartAsync()
    {
        var intake = new RecordingIntake();
        intake._server = await AnsweringServer.StartAsync(intake.AnswerAsync);
        return intake;
    }

    public static JsonObject Problem(string name, int status) => new() { ["type"] = $"urn:waybill:problem:{name}", ["title"] = "It is so.", ["status"] = status };

    public static async Task<bool> RefuseAsync(HttpContext context, string name, int status)
    {
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(Problem(name, status), JsonSerializerOptions.Web, "application/problem+json");
        return true;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync();
        var entries = JsonNode.Parse(text)![context.Request.Path == "/v1/events/batch" ? "events" : "notifications"]!.AsArray();
        var batch = new Batch(context.Request.Path, text.Length, [.. entries.Select(entry => entry!)], context.Request.Headers.TraceParent, context.Request.Headers.Authorization.ToString());
        _batches.Enqueue(batch);

        if (!await Instead(context, batch))
        {
            await context.Response.WriteAsJsonAsync(new JsonObject { ["results"] = new JsonArray([.. batch.Entries.Select((entry, index) => Answer(batch, entry, index))]) });
        }
    }

    private JsonObject Answer(Batch batch, JsonNode entry, int index)
    {
        if (Judge(entry) is { } problem)
        {
            return new JsonObject { ["index"] = index, ["problem"] = problem };
        }

        var key = Guid.Parse((string)entry["idempotencyKey"]!);
        _taken.Enqueue(new Taken(key, batch.Path, entry, batch.Authorization, Stopwatch.GetTimestamp()));

        return batch.Path == "/v1/events/batch"
            ? new JsonObject { ["index"] = index, ["id"] = $"evt_{key:N}", ["matched"] = 1 }
            : new JsonObject { ["index"] = index, ["id"] = $"ntf_{key:N}", ["status"] = "QUEUED" };
    }
}

/// <param name="Key">Its idempotency key, which is the row's id.</param>
/// <param name="At">By the stopwatch.</param>
internal sealed record Taken(Guid Key, string Path, JsonNode Entry, string Authorization, long At);

/// <param name="Bytes">Of the body.</param>
internal sealed record Batch(string Path, int Bytes, IReadOnlyList<JsonNode> Entries, string? TraceParent, string Authorization);
