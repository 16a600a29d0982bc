using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Waybill.LocalAws;
using Waybill.Notifications.Storage;

namespace Waybill.Infra.Tests.Cost;

/// <summary>
/// Stands between the status service and the table, asks with each call what it costs, and adds that up: reads of single items as a whole, all
/// reads, writes for each notification, and those that are noted by time.
/// </summary>
internal sealed class CapacityRelay : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, double> _writes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _refused = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly HttpClient _http;
    private readonly WebApplication _app;

    private CapacityRelay(Uri table)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = table };

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Url.ToString());
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public Uri Url { get; } = new($"http://127.0.0.1:{LoopbackPort.Pick()}");

    /// <summary>Of single items.</summary>
    public double Reads { get; private set; }

    /// <summary>Batches and queries too.</summary>
    public double AllReads { get; private set; }

    /// <summary>Of counts, and of which partitions there are: as often as time goes, and not as notifications come.</summary>
    public double Notes => _writes.Where(write => IsNote(write.Key)).Sum(write => write.Value);

    public double Writes(string id) => _writes[id];

    /// <summary>Whether a condition on it failed: such a write costs units too, which its answer does not tell.</summary>
    public bool WasRefused(string id) => _refused.ContainsKey(id);

    public static async Task<CapacityRelay> StartAsync(Uri table)
    {
        var relay = new CapacityRelay(table);
        await relay._app.StartAsync();
        return relay;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var body = (await JsonNode.ParseAsync(context.Request.Body))!;
        body["ReturnConsumedCapacity"] = "TOTAL";

        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(body.ToJsonString()) };
        request.Content.Headers.ContentType = new("application/x-amz-json-1.0");

        foreach (var name in new[] { "X-Amz-Target", "X-Amz-Date", "Authorization" })
        {
            request.Headers.TryAddWithoutValidation(name, context.Request.Headers[name].ToString());
        }

        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Count(context.Request.Headers["X-Amz-Target"].ToString().Split('.')[^1], body, answer.IsSuccessStatusCode, JsonNode.Parse(text));

        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = "application/x-amz-json-1.0";
        await context.Response.WriteAsync(text);
    }

    private void Count(string operation, JsonNode request, bool succeeded, JsonNode? answer)
    {
        var units = Units(answer?["ConsumedCapacity"]);

        if (operation is "GetItem" or "BatchGetItem" or "Query")
        {
            lock (_gate)
            {
                Reads += operation == "GetItem" ? units : 0;
                AllReads += units;
            }
        }
        else if ((request["Item"] ?? request["Key"])?[TableDefinition.PartitionKey]?["S"]?.GetValue<string>() is { } id)
        {
            _writes.AddOrUpdate(id, units, (_, sum) => sum + units);

            if (!succeeded)
            {
                _refused[id] = true;
            }
        }
    }

    private static bool IsNote(string partition) =>
        partition.StartsWith(TableDefinition.Counters, StringComparison.Ordinal) || partition.StartsWith(TableDefinition.Partitions, StringComparison.Ordinal);

    /// <summary>Of one table; a batch tells a list of them.</summary>
    private static double Units(JsonNode? consumed) => consumed switch
    {
        JsonArray tables => tables.Sum(Units),
        JsonObject table => (double?)table["CapacityUnits"] ?? 0,
        _ => 0,
    };
}
