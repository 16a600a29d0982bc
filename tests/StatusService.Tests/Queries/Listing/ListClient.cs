using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.Records;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Queries.Listing;

/// <summary>Stores notifications as of some time, and lists them.</summary>
/// <param name="parts">Of another table; null for that of all tests. The lists are of that one.</param>
internal sealed class ListClient(StatusFixture fixture, StoreParts? parts = null)
{
    private readonly StoreParts _parts = parts ?? fixture.Parts;

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string[] Ids(JsonElement answer) => [.. answer.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];

    public async Task<JsonElement> ListAsync(string query, string key = TestKeys.Alice)
    {
        using var http = fixture.Status.CreatePublicClient(key);
        return await http.AskAsync($"/v1/notifications?{query}");
    }

    public async Task<string[][]> PagesAsync(string query, string key = TestKeys.Alice) => [.. (await AnswersAsync(query, key)).Select(Ids)];

    public async Task<IEnumerable<string>> CursorsAsync(string query) =>
        (await AnswersAsync(query, TestKeys.Alice)).SkipLast(1).Select(answer => answer.GetProperty("cursor").GetString()!);

    /// <summary>Stores one notification for each time, as it would have been then.</summary>
    public async Task<string[]> PutAsync(
        IEnumerable<DateTimeOffset> times,
        string owner = "alice",
        string url = "http://127.0.0.1:9/hook",
        string correlationId = "order-4711",
        NotificationStatus? status = null,
        Action<Item>? change = null,
        DateTimeOffset? dueAt = null)
    {
        var items = times.Select(time =>
        {
            var item = StateItem.New(Submissions.New(owner: owner, url: url) with { CorrelationId = correlationId }, time, time);
            item[StoredNames.Status] = StoredValue.Of((status ?? NotificationStatus.Pending).Text());

            if (dueAt is { } due)
            {
                item[StoredNames.DueAt] = StoredValue.Of(due);
            }
            else
            {
                // Nothing here is ever due.
                item.Remove(StoredNames.DueShard);
                item.Remove(StoredNames.DueAt);
            }

            change?.Invoke(item);
            IndexKeys.AddTo(item);
            return item;
        }).ToArray();

        foreach (var item in items)
        {
            await IndexKeys.NoteAsync(_parts.Directory, item);
        }

        foreach (var together in items.Chunk(25))
        {
            List<WriteRequest> writes = [.. together.Select(item => new WriteRequest(new PutRequest(item)))];
            await fixture.Backends.DynamoDbClient.BatchWriteItemAsync(new BatchWriteItemRequest { RequestItems = new() { [_parts.Options.Value.Name] = writes } });
        }

        return [.. items.Select(item => item[StoredNames.Id].S)];
    }

    private async Task<List<JsonElement>> AnswersAsync(string query, string key)
    {
        var answers = new List<JsonElement> { await ListAsync(query, key) };

        while (answers[^1].TryGetProperty("cursor", out var cursor))
        {
            answers.Add(await ListAsync($"{query}&cursor={cursor.GetString()}", key));
        }

        return answers;
    }
}
