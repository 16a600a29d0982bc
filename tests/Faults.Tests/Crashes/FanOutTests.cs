using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Amazon.SQS;
using Waybill.Faults.Tests.Support;
using Waybill.Notifications.Queue;
using Waybill.Notifications.Records;
using Waybill.Notifications.Storage;
using Waybill.TestSupport;
using Xunit.Abstractions;

namespace Waybill.Faults.Tests.Crashes;

/// <summary>
/// kill -9 in the middle of a fan-out to all but a hundred endpoints: each that took the event's type when it came gets it, none of them twice without an
/// excuse, and nobody else gets it. Nobody repeats the post, so what was left undone is finished by Waybill itself.
/// </summary>
[Trait(Ladder.Name, Ladder.Full)]
public sealed class FanOutTests(SystemFixture fixture, ITestOutputHelper output) : FaultTest(fixture, output)
{
    private const int Matching = 97;
    private const int NotMatching = 3;
    private const string Owner = "alice";

    /// <summary>Says at the receiver which endpoint a call is for.</summary>
    private const string Name = "X-Endpoint";

    /// <summary>One in the middle of those that are stored one after the other.</summary>
    private const int InTheMiddle = 40;

    /// <summary>How often the middle may be missed, as a machine may be faster or slower than it is looked for.</summary>
    private const int Tries = 20;

    /// <summary>The Dispatcher finishes what is marked half a minute after it was begun; and then it delivers.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    private readonly string _tenant = $"t{Guid.NewGuid():N}";
    private string? _queueUrl;

    [Fact]
    public Task The_status_service_dies_in_mid_fan_out() => CrashAsync(
        () => Waybill.Status.Process.KillAsync(),
        () => Waybill.Status.Process.StartAsync(),
        async (happened, _) => (await LookAsync(happened)).Stored > InTheMiddle,
        left => left is { IsMarked: true, Stored: < Matching });

    [Fact]
    public Task The_table_dies_in_mid_fan_out() => CrashAsync(
        () => Waybill.Backends.DynamoDb.KillAsync(),
        () => Waybill.Backends.DynamoDb.StartAsync(),
        async (happened, _) => (await LookAsync(happened)).Stored > InTheMiddle,
        left => left is { IsMarked: true, Stored: > 0 and < Matching });

    /// <summary>All is stored by then, and what is missing are messages in the queue.</summary>
    [Fact]
    public Task Intake_dies_in_mid_fan_out() => CrashAsync(
        () => Waybill.Intake.KillAsync(),
        () => Waybill.Intake.StartAsync(),
        SentSomeAsync,
        left => left is { Stored: Matching, Untouched: > 0 and < Matching });

    /// <summary>
    /// The messages are sent in less time than it takes to look, so intake goes on for about as long as it takes to hold it again, until it has sent some of them.
    /// </summary>
    /// <returns>True where it is held in the middle, and all that it has sent is received.</returns>
    private async Task<bool> SentSomeAsync(Happened happened, Task posting)
    {
        await Eventually.BecomesAsync(() => LookAsync(happened), seen => posting.IsCompleted || seen.Stored == Matching, interval: TimeSpan.FromMilliseconds(1));

        while (!posting.IsCompleted)
        {
            var held = await Frozen.FreezeAsync(Waybill.Intake.ProcessId);
            var isInTheMiddle = false;

            try
            {
                await Eventually.BecomesAsync(CountInQueueAsync, count => count == 0);
                isInTheMiddle = (await LookAsync(happened)).Untouched is > 0 and < Matching;
            }
            finally
            {
                if (!isInTheMiddle)
                {
                    await held.GoOnAsync();
                }
            }

            if (isInTheMiddle)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An event is posted, and the part killed in the middle of what follows; again with another one where that was missed.</summary>
    /// <param name="now">It is to be killed.</param>
    /// <param name="isMiddle">What is stored right after that shows that it was in the middle.</param>
    private async Task CrashAsync(Func<Task> kill, Func<Task> start, Func<Happened, Task, Task<bool>> now, Func<Progress, bool> isMiddle)
    {
        var endpoints = await CreateAsync(Matching, "order.*");
        var strangers = await CreateAsync(NotMatching, "user.*");

        for (var tries = 1; ; tries++)
        {
            var happened = new Happened(Guid.NewGuid().ToString("N"), endpoints);
            var posting = PostAsync(happened);
            await Eventually.BecomesAsync(() => now(happened, posting), isNow => posting.IsCompleted || isNow, interval: TimeSpan.FromMilliseconds(1));
            await kill();
            var answered = await posting;
            await start();
            var left = await LookAsync(happened);

            if (answered != HttpStatusCode.Accepted && isMiddle(left))
            {
                Print($"Try {tries}: the post was answered {answered?.ToString() ?? "with nothing"}; {left} of {Matching}.");
                await ReplaceAsync(strangers[0]);
                await DeliveredAsync(happened);
                return;
            }

            Assert.True(tries < Tries, $"No try hit the middle. The last one was answered {answered?.ToString() ?? "with nothing"} and left {left}.");
            await RepeatAsync(happened);
        }
    }

    /// <summary>Whoever takes events like it from now on has not been there when it came.</summary>
    private async Task ReplaceAsync(string stranger)
    {
        using var http = Client();
        using var answer = await http.DeleteAsync($"v1/tenants/{_tenant}/endpoints/{stranger}");
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await CreateAsync(1, "order.*");
    }

    private async Task DeliveredAsync(Happened happened)
    {
        var records = await Eventually.BecomesAsync(() => ReadAsync(happened), read => read.All(record => record is { IsFinal: true }), Deadline);
        Assert.All(records, record => Assert.Equal(NotificationStatus.Success, record!.Status));

        // Nothing is left for a client that asks again.
        await RepeatAsync(happened);
        Assert.Equal(records.Select(record => record!.Version), (await ReadAsync(happened)).Select(record => record!.Version));
        Assert.False((await LookAsync(happened)).IsMarked);

        var calls = Waybill.Receiver.CallsFor(happened.Id).CountBy(call => call.Headers[Name]).ToDictionary();
        Assert.Equal(happened.Endpoints.Order(StringComparer.Ordinal), calls.Keys.Order(StringComparer.Ordinal));
        Assert.All(records, record => Assert.InRange(calls[record!.Event!.EndpointId], 1, record.History.Count));
        Print($"{calls.Values.Sum()} calls, {records.Sum(record => record!.History.Count - 1)} of them excused by an attempt that was lost.");
    }

    /// <summary>As a client does that got no answer.</summary>
    private Task RepeatAsync(Happened happened) => Eventually.BecomesAsync(() => PostAsync(happened), answer => answer == HttpStatusCode.Accepted);

    /// <summary>From the table itself, as who writes it may be dead.</summary>
    private async Task<Progress> LookAsync(Happened happened)
    {
        var keys = new KeysAndAttributes
        {
            Keys = [.. happened.Notifications.Select(id => Key(id, TableDefinition.StateItem)), Key(happened.Id, TableDefinition.FanOutItem)],
            ConsistentRead = true,
        };
        var answer = await Waybill.Backends.DynamoDbClient.BatchGetItemAsync(new Dictionary<string, KeysAndAttributes> { [TableDefinition.DefaultName] = keys });
        Assert.True(answer.UnprocessedKeys is null or { Count: 0 });

        var items = answer.Responses[TableDefinition.DefaultName].ToLookup(item => item[TableDefinition.SortKey].S);
        var stored = items[TableDefinition.StateItem].ToArray();

        return new Progress(
            stored.Length,
            stored.Count(item => int.Parse(item["ver"].N, CultureInfo.InvariantCulture) == 1),
            items[TableDefinition.FanOutItem].Any(marker => marker.ContainsKey(TableDefinition.Due.SortKey)));
    }

    /// <returns>Messages that wait or are in hand; those that are to come later do not count.</returns>
    private async Task<int> CountInQueueAsync()
    {
        _queueUrl ??= (await Waybill.Backends.SqsClient.GetQueueUrlAsync(QueueDefinition.DefaultName)).QueueUrl;
        var answer = await Waybill.Backends.SqsClient.GetQueueAttributesAsync(_queueUrl, [QueueAttributeName.ApproximateNumberOfMessages, QueueAttributeName.ApproximateNumberOfMessagesNotVisible]);
        return answer.ApproximateNumberOfMessages + answer.ApproximateNumberOfMessagesNotVisible;
    }

    private static Dictionary<string, AttributeValue> Key(string id, string kind) =>
        new() { [TableDefinition.PartitionKey] = new AttributeValue(id), [TableDefinition.SortKey] = new AttributeValue(kind) };

    private async Task<IReadOnlyList<NotificationRecord?>> ReadAsync(Happened happened) =>
        await Eventually.AnswersAsync(() => Task.WhenAll(happened.Notifications.Select(Waybill.ReadAsync)));

    /// <returns>Null where nobody answered.</returns>
    private async Task<HttpStatusCode?> PostAsync(Happened happened)
    {
        using var http = Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/events") { Content = JsonContent.Create(new { type = "order.paid", tenant = _tenant, payload = new { order = 4711 } }) };
        request.Headers.Add("Idempotency-Key", happened.Key);

        try
        {
            using var answer = await http.SendAsync(request);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Each names itself in a header of its calls.</summary>
    /// <returns>Their ids, in the order in which events come to them.</returns>
    private async Task<IReadOnlyList<string>> CreateAsync(int count, string type)
    {
        using var http = Client();
        var ids = new List<string>();

        for (var number = 0; number < count; number++)
        {
            var url = Waybill.Receiver.Urls[number % Waybill.Receiver.Urls.Count];
            using var created = await http.PostAsJsonAsync($"v1/tenants/{_tenant}/endpoints", new { url, types = new[] { type }, retrySchedule = Scale.Load.RetrySchedule });
            var id = (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;

            using var named = await http.PatchAsJsonAsync($"v1/tenants/{_tenant}/endpoints/{id}", new { headers = new Dictionary<string, string> { [Name] = id } });
            Assert.Equal(HttpStatusCode.OK, named.StatusCode);
            ids.Add(id);
        }

        return [.. ids.Order(StringComparer.Ordinal)];
    }

    private HttpClient Client() => new()
    {
        BaseAddress = Waybill.Intake.Url,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", TestKeys.Alice) },
    };

    /// <param name="Key">That it is posted with.</param>
    /// <param name="Endpoints">That take it.</param>
    private sealed record Happened(string Key, IReadOnlyList<string> Endpoints)
    {
        public string Id { get; } = EventIds.FromIdempotencyKey(Owner, Key);

        public IReadOnlyList<string> Notifications { get; } = [.. Endpoints.Select(endpoint => NotificationId.OfEvent(EventIds.FromIdempotencyKey(Owner, Key), endpoint))];
    }

    /// <param name="Stored">Notifications.</param>
    /// <param name="Untouched">Of those, the ones of which nothing came yet: they are stored and no more.</param>
    /// <param name="IsMarked">The Dispatcher will look at it.</param>
    private sealed record Progress(int Stored, int Untouched, bool IsMarked);
}
