using System.Globalization;
using System.Net;
using Amazon.DynamoDBv2.Model;
using Waybill.IntakeService.Tests.Support;
using Waybill.Notifications.Storage;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Service;

/// <summary>
/// Rules out that records that cannot be read keep the others from being sent, however many there are and however long they have been due. With
/// processes of its own, as its Dispatcher holds few at a time.
/// </summary>
[Trait(Ladder.Name, Ladder.Full)]
public sealed class RecordTroubleTests : IAsyncLifetime
{
    private const int PageSize = 4;
    private const int Bad = 120;
    private const int Good = 40;

    private IntakeSetup _setup = null!;

    public async Task InitializeAsync() => _setup = await IntakeSetup.StartAsync(
        ("Dispatcher__PageSize", PageSize.ToString(CultureInfo.InvariantCulture)),
        ("StatusService__TimeoutSeconds", "30"));

    public async Task DisposeAsync() => await _setup.DisposeAsync();

    [Fact]
    public async Task What_is_due_is_sent_although_pages_of_unreadable_records_are_longer_overdue()
    {
        var day = DateTimeOffset.UtcNow.AddDays(-1);
        var bad = await SubmitAsync(Bad);
        await Task.WhenAll(bad.Index().Select(entry => BreakAsync(entry.Item, entry.Index, day.AddSeconds(entry.Index))));
        var good = await SubmitAsync(Good);
        await Task.WhenAll(good.Select(id => SetAsync(id, "SET #due = :due", ("#due", TableDefinition.Due.SortKey), (":due", Time(day.AddHours(1))))));

        foreach (var id in good)
        {
            // Nobody takes it, so on a busy machine it is due again, and sent again, before it is looked for.
            await Eventually.BecomesAsync(() => _setup.Queue.CountAsync(id), count => count > 0);
        }

        // Nobody has touched the others.
        var counts = await _setup.Queue.CountsAsync();
        Assert.DoesNotContain(bad, counts.ContainsKey);

        // A record that cannot be read is a problem that names it; whose it is nobody knows, so to others it is not there.
        var cancelled = await _setup.ClientWith(TestKeys.Operator).PostAsync($"/v1/notifications/{bad[0]}/cancel");
        cancelled.AssertProblem(HttpStatusCode.InternalServerError, "record-trouble");
        Assert.Equal(bad[0], cancelled.Id);
        (await _setup.ClientWith(TestKeys.Alice).PostAsync($"/v1/notifications/{bad[0]}/cancel")).AssertProblem(HttpStatusCode.NotFound, "not-found");

        // One in a status that is not known here is not claimed to be anything.
        var unknown = await _setup.ClientWith(TestKeys.Alice).PostAsync($"/v1/notifications/{bad[1]}/redeliver");
        unknown.AssertProblem(HttpStatusCode.Conflict, "conflict");
        Assert.Equal("HELD_BACK", unknown.Text("notificationStatus"));
    }

    private async Task<string[]> SubmitAsync(int count)
    {
        var deliverAt = DateTimeOffset.UtcNow.AddHours(1).ToString("O", CultureInfo.InvariantCulture);
        var client = _setup.ClientWith(TestKeys.Alice);
        var scheduled = $$"""{"url":"http://127.0.0.1:9/hook","deliverAt":"{{deliverAt}}"}""";
        var replies = new List<IntakeReply>();

        foreach (var together in Enumerable.Range(0, count).Chunk(20))
        {
            replies.AddRange(await Task.WhenAll(together.Select(_ => client.AcceptedAsync(scheduled))));
        }

        return [.. replies.Select(reply => reply.Id)];
    }

    /// <summary>Some are in a status that nobody here knows, some are corrupt.</summary>
    private Task BreakAsync(string id, int number, DateTimeOffset dueAt) => number % 2 == 0
        ? SetAsync(id, "SET #due = :due, #url = :wrong", ("#due", TableDefinition.Due.SortKey), (":due", Time(dueAt)), ("#url", "url"), (":wrong", new AttributeValue { N = "1" }))
        : SetAsync(id, "SET #due = :due, #status = :wrong", ("#due", TableDefinition.Due.SortKey), (":due", Time(dueAt)), ("#status", "status"), (":wrong", new AttributeValue("HELD_BACK")));

    private Task SetAsync(string id, string update, params (string Placeholder, object Value)[] placeholders) =>
        _setup.Backends.DynamoDbClient.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = TableDefinition.DefaultName,
            Key = new() { [TableDefinition.PartitionKey] = new(id), [TableDefinition.SortKey] = new(TableDefinition.StateItem) },
            UpdateExpression = update,
            ExpressionAttributeNames = placeholders.Where(one => one.Value is string).ToDictionary(one => one.Placeholder, one => (string)one.Value),
            ExpressionAttributeValues = placeholders.Where(one => one.Value is AttributeValue).ToDictionary(one => one.Placeholder, one => (AttributeValue)one.Value),
        });

    private static AttributeValue Time(DateTimeOffset time) => new() { N = time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) };
}
