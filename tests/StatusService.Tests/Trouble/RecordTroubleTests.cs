using System.Net.Http.Json;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Redeliveries;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Tests.InternalApi.Batching;
using Waybill.StatusService.Tests.Queries.Listing;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Trouble;

/// <summary>Rules out that one record that cannot be read or written is taken for an outage, or harms another.</summary>
[Collection(StatusCollection.Name)]
public sealed class RecordTroubleTests(StatusFixture fixture)
{
    /// <summary>Of the 400 KB that an item may have, all but what the record itself has and what a claim with a long token adds.</summary>
    private const int Padding = (400 * 1024) - 1500;

    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly Dictionary<string, Action<Item>> Wrong = new()
    {
        ["a version that is a text"] = item => item[StoredNames.Version] = StoredValue.Of("seven"),
        ["no version"] = item => item.Remove(StoredNames.Version),
        ["no url"] = item => item.Remove(StoredNames.Url),
        ["a status that is a number"] = item => item[StoredNames.Status] = StoredValue.Of(1),
        ["a status of 1,000 characters"] = item => item[StoredNames.Status] = StoredValue.Of(new string('x', 1000)),
        ["a number that is none of ours"] = item => item[StoredNames.Attempts] = new AttributeValue { N = "1.5" },
        ["a number beyond all bounds"] = item => item[StoredNames.Claims] = new AttributeValue { N = "1e100" },
        ["a time after the last"] = item => item[StoredNames.LastUpdatedAt] = new AttributeValue { N = "999999999999999999" },
        ["a retry's time that is a text"] = item => item[StoredNames.NextAttemptAt] = StoredValue.Of("soon"),
        ["a due time that is null"] = item => item[StoredNames.LastSendError] = new AttributeValue { NULL = true },
        ["a history of texts"] = item => item[StoredNames.History] = StoredValue.Of([StoredValue.Of("once")]),
        ["a history that is a map"] = item => item[StoredNames.History] = StoredValue.Of(new Item()),
        ["an attempt without a number"] = item => item[StoredNames.History] = StoredValue.Of([StoredValue.Of(new Item { ["k"] = StoredValue.Of("SUCCESS") })]),
        ["a result without a time"] = item => item[StoredNames.DeliveryResult] = StoredValue.Of(new Item { ["cat"] = StoredValue.Of("SUCCESS"), ["n"] = StoredValue.Of(1) }),
        ["half a lease"] = item => item[StoredNames.LeaseToken] = StoredValue.Of("token"),
        ["a set for a schedule"] = item => item[StoredNames.RetrySchedule] = new AttributeValue { NS = ["1", "2"] },
    };

    private readonly StoredItems _items = new(fixture);
    private readonly ListClient _list = new(fixture);

    public static TheoryData<string> Kinds => [.. Wrong.Keys];

    private StatusClient Client => fixture.Status.Client;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_corrupt_record_is_its_own_trouble_alone_and_in_a_batch(string kind)
    {
        var id = await _items.PutAsync(Wrong[kind]);
        using var http = fixture.Status.CreateInternalClient(TestKeys.Internal);
        var good = await new Situation(fixture.Backends.DynamoDbClient).Of(FromState.Queued);

        var read = await Assert.ThrowsAsync<RecordTroubleException>(() => Client.GetAsync(id, None));
        var moved = await Assert.ThrowsAsync<RecordTroubleException>(() => Client.CancelAsync(id, None));
        var batched = await Batch.Post(http, Batch.Call(id, StatusClient.Redeliver), Batch.Call(good, StatusClient.Claim, new ClaimRequest("worker")));

        Assert.Equal((id, true), (read.Id, read.ForGood));
        Assert.Equal(id, moved.Id);
        Assert.Equal([422, 200], batched.Select(Batch.Status));
        Assert.Equal(("urn:waybill:problem:record-trouble", id), (Text(batched[0], "type"), Text(batched[0], "id")));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_corrupt_record_is_a_problem_of_its_owners_and_nobody_elses(string kind)
    {
        var id = await _items.PutAsync(Wrong[kind]);

        Assert.Equal((500, "urn:waybill:problem:record-trouble", id), await GetAsync(id, TestKeys.Alice));
        Assert.Equal((500, "urn:waybill:problem:record-trouble", id), await GetAsync(id, TestKeys.Operator));
        Assert.Equal((404, "urn:waybill:problem:not-found", null), await GetAsync(id, TestKeys.Bob));
    }

    [Fact]
    public async Task Lists_summaries_and_jobs_go_on_without_what_they_cannot_read_and_name_it()
    {
        var day = new DateTimeOffset(2005, 5, 5, 0, 0, 0, TimeSpan.Zero);
        var window = $"from={ListClient.Text(day)}&to={ListClient.Text(day.AddDays(1))}";
        var good = await _list.PutAsync(Enumerable.Range(0, 30).Select(number => day.AddMinutes(number)), url: "https://trouble.example/", status: NotificationStatus.Failed);
        var bad = new List<string>();

        foreach (var (index, change) in Wrong.Values.Index())
        {
            bad.Add(await _items.PutAsync(change, day.AddMinutes(index).AddSeconds(30)));
        }

        // The only one that is not open, and so may be met by a job.
        var failure = Assert.Single(await _list.PutAsync([day], status: NotificationStatus.Failed, change: item => item[StoredNames.Version] = StoredValue.Of("two")));
        bad.Add(failure);

        using var http = fixture.Status.CreatePublicClient(TestKeys.Alice);
        var list = await _list.ListAsync($"{window}&host=trouble.example&limit=200");
        var others = await _list.ListAsync($"{window}&limit=200", TestKeys.Bob);
        var summary = await http.GetFromJsonAsync<JsonElement>($"/v1/summary?{window}");

        Assert.Equal(good.Order(StringComparer.Ordinal), ListClient.Ids(list).Order(StringComparer.Ordinal));
        Assert.Equal(bad.Order(StringComparer.Ordinal), Unreadable(list).Order(StringComparer.Ordinal));
        Assert.False(others.TryGetProperty("unreadable", out _));
        Assert.Equal(31, summary.GetProperty("byStatus").GetProperty("failed").GetInt32());

        // Other tests leave some that are open, too.
        Assert.True(summary.GetProperty("unreadableCount").GetInt32() >= bad.Count);
        Assert.Equal(10, Unreadable(summary).Count());

        var pages = await PagesAsync(new RedeliveryFilter(day, day.AddDays(1)));

        Assert.Equal(good.Order(StringComparer.Ordinal), pages.SelectMany(page => page.Ids).Order(StringComparer.Ordinal));
        Assert.Equal([failure], pages.SelectMany(page => page.Unreadable ?? []));
    }

    [Fact]
    public async Task A_record_whose_url_is_none_is_listed_and_counted_like_any_other()
    {
        var day = new DateTimeOffset(2005, 7, 7, 0, 0, 0, TimeSpan.Zero);
        var id = await _items.PutAsync(item => item[StoredNames.Url] = StoredValue.Of("no url"), day);
        var window = $"from={ListClient.Text(day)}&to={ListClient.Text(day.AddDays(1))}";
        using var http = fixture.Status.CreatePublicClient(TestKeys.Alice);

        var summary = await http.GetFromJsonAsync<JsonElement>($"/v1/summary?{window}");

        Assert.Equal([id], ListClient.Ids(await _list.ListAsync(window)));
        Assert.Empty(ListClient.Ids(await _list.ListAsync($"{window}&host=example.com")));
        Assert.True(summary.GetProperty("open").GetInt32() >= 1);
    }

    [Fact]
    public async Task A_record_that_is_too_large_to_be_written_is_its_own_trouble_and_not_an_outage()
    {
        var id = await _items.PutAsync(item =>
        {
            item[StoredNames.Status] = StoredValue.Of("QUEUED");
            item["padding"] = StoredValue.Of(new string('x', Padding));
        });
        var claim = Batch.Call(id, StatusClient.Claim, new ClaimRequest("w", new string('t', 2000)));
        using var http = fixture.Status.CreateInternalClient(TestKeys.Internal);

        var alone = await Batch.Post(http, claim);
        var batched = await Batch.Post(http, claim, Batch.Call("none", StatusClient.Queued));

        Assert.Equal(422, Batch.Status(alone[0]));
        Assert.Equal([422, 404], batched.Select(Batch.Status));
        Assert.Contains("size", Text(batched[0], "detail"), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(7, (await Client.GetAsync(id, None))!.Version);
    }

    [Fact]
    public async Task A_request_that_cannot_be_read_is_the_trouble_of_its_notification_and_its_claim_counts()
    {
        var id = await _items.PutAsync(item => item[StoredNames.Status] = StoredValue.Of("QUEUED"));
        var request = RequestItem.Key(id);
        request[StoredNames.Request.TimeoutSeconds] = StoredValue.Of("long");
        await fixture.Backends.DynamoDbClient.PutItemAsync(new PutItemRequest { TableName = Notifications.Storage.TableDefinition.DefaultName, Item = request });

        await Assert.ThrowsAsync<RecordTroubleException>(() => Client.ClaimAsync(id, new ClaimRequest("worker"), None));

        Assert.Equal(1, (await Client.GetAsync(id, None))!.Claims);
        Assert.Equal((500, "urn:waybill:problem:record-trouble", id), await GetAsync($"{id}/request", TestKeys.Alice));
    }

    [Fact]
    public async Task A_job_that_cannot_be_read_is_left_out_of_the_list_and_is_its_own_trouble()
    {
        var jobs = new RedeliveryClient(fixture.Status.CreateInternalClient(TestKeys.Internal));
        var filter = new RedeliveryFilter(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));
        var bad = await jobs.CreateAsync(new CreateJobRequest(RedeliveryJobId.New(DateTimeOffset.UtcNow), filter, 50, "test"), None);
        var good = await jobs.CreateAsync(new CreateJobRequest(RedeliveryJobId.New(DateTimeOffset.UtcNow), filter, 50, "test"), None);
        await fixture.Backends.DynamoDbClient.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = Notifications.Storage.TableDefinition.DefaultName,
            Key = Waybill.StatusService.Redeliveries.JobItem.Key(bad.Id),
            UpdateExpression = "REMOVE #version",
            ExpressionAttributeNames = new() { ["#version"] = StoredNames.Version },
        });

        var trouble = await Assert.ThrowsAsync<RecordTroubleException>(() => jobs.GetAsync(bad.Id, None));
        var listed = (await jobs.RecentAsync(100, None)).Items.Select(job => job.Id).ToList();

        Assert.Equal(bad.Id, trouble.Id);
        Assert.Contains(good.Id, listed);
        Assert.DoesNotContain(bad.Id, listed);
    }

    /// <summary>All of a job's: other tests leave failures in so many hours that one page does not reach back to the window.</summary>
    private async Task<List<RedeliveryPage>> PagesAsync(RedeliveryFilter filter)
    {
        var jobs = new RedeliveryClient(fixture.Status.CreateInternalClient(TestKeys.Internal));
        var created = await jobs.CreateAsync(new CreateJobRequest(RedeliveryJobId.New(DateTimeOffset.UtcNow), filter, 50, "test"), None);
        var job = (await jobs.LeaseAsync(created.Id, new LeaseJobRequest(60), None)).Job!;
        var pages = new List<RedeliveryPage>();

        while (job.Status == RedeliveryJobStatus.Running)
        {
            pages.Add(await jobs.PageAsync(job.Id, 200, None));
            job = (await jobs.CheckpointAsync(job.Id, new CheckpointRequest(job.LeaseToken!, job.Version, pages[^1].Next, job.Counts, 60), None)).Job!;
        }

        return pages;
    }

    private static IEnumerable<string> Unreadable(JsonElement answer) =>
        answer.GetProperty("unreadable").EnumerateArray().Select(entry => entry.GetProperty("id").GetString()!);

    private static string Text(JsonElement answer, string member) => Batch.Body(answer)!.Value.GetProperty(member).GetString()!;

    private async Task<(int Status, string Type, string? Id)> GetAsync(string path, string key)
    {
        using var http = fixture.Status.CreatePublicClient(key);
        using var answer = await http.GetAsync($"/v1/notifications/{path}");
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return ((int)answer.StatusCode, problem.GetProperty("type").GetString()!, problem.TryGetProperty("id", out var id) ? id.GetString() : null);
    }
}
