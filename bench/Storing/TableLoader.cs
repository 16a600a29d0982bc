using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading.Channels;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Table;

namespace Waybill.Bench.Storing;

/// <summary>Puts items into the light backend, as many in a call as DynamoDB takes, some calls at a time.</summary>
internal sealed class TableLoader : IAsyncDisposable
{
    private const int InOneCall = 25;
    private const int AtATime = 4;
    private const int Waiting = 10_000;

    private static readonly MediaTypeHeaderValue Type = new("application/x-amz-json-1.0");

    private readonly Channel<Item> _items = Channel.CreateBounded<Item>(new BoundedChannelOptions(Waiting) { SingleWriter = true });
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null });
    private readonly Uri _table;
    private readonly Task _sending;

    public TableLoader(Uri table)
    {
        _table = table;
        _sending = Task.WhenAll(Enumerable.Range(0, AtATime).Select(_ => SendAsync()));
    }

    public ValueTask AddAsync(Item item) => _items.Writer.WriteAsync(item);

    /// <summary>Waits until all are put.</summary>
    public Task FinishAsync()
    {
        _items.Writer.TryComplete();
        return _sending;
    }

    public async ValueTask DisposeAsync()
    {
        await FinishAsync();
        _http.Dispose();
    }

    private async Task SendAsync()
    {
        var together = new List<Item>(InOneCall);

        while (await _items.Reader.WaitToReadAsync())
        {
            while (together.Count < InOneCall && _items.Reader.TryRead(out var item))
            {
                together.Add(item);
            }

            await PutAsync(together);
            together.Clear();
        }
    }

    private async Task PutAsync(IReadOnlyList<Item> items)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _table) { Content = new ReadOnlyMemoryContent(Body(items)) };
        request.Content.Headers.ContentType = Type;
        request.Headers.Add("X-Amz-Target", "DynamoDB_20120810.BatchWriteItem");

        using var answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    private static ReadOnlyMemory<byte> Body(IReadOnlyList<Item> items)
    {
        var body = new ArrayBufferWriter<byte>(64 * 1024);
        using var json = new Utf8JsonWriter(body, new JsonWriterOptions { SkipValidation = true });

        json.WriteStartObject();
        json.WriteStartObject("RequestItems");
        json.WriteStartArray(TableDefinition.DefaultName);

        foreach (var item in items)
        {
            json.WriteStartObject();
            json.WriteStartObject("PutRequest");
            json.WritePropertyName("Item");
            ItemJson.Write(json, item);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }
}
