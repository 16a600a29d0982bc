using System.Net.Http.Json;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.StatusApi;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Tests.Queries.Listing;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Trouble;

/// <summary>Rules out that a release that was rolled back cannot live with what the newer one has written.</summary>
[Collection(StatusCollection.Name)]
public sealed class UnknownWordTests(StatusFixture fixture)
{
    private const string Status = "HELD_BACK";
    private const string Category = "ENDPOINT_GONE";
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly StoredItems _items = new(fixture);
    private readonly ListClient _list = new(fixture);

    private StatusClient Client => fixture.Status.Client;

    [Fact]
    public async Task A_record_of_another_release_is_read_and_shown_as_it_is()
    {
        var id = await _items.PutAsync(WrittenByAnother);
        using var http = fixture.Status.CreatePublicClient(TestKeys.Alice);

        var record = (await Client.GetAsync(id, None))!;
        var view = await http.GetFromJsonAsync<JsonElement>($"/v1/notifications/{id}");
        var attempts = await http.GetFromJsonAsync<JsonElement>($"/v1/notifications/{id}/attempts");

        Assert.Equal((Status, Status, Category), (record.Status.Text(), record.PreviousStatus?.Text(), record.DeliveryResult!.Category.Text()));
        Assert.Equal((Category, false), (record.DeliveryResult.ErrorDetails!.Category.Text(), record.IsFinal));
        Assert.Equal((Status, Category), (view.GetProperty("status").GetString(), view.GetProperty("deliveryResult").GetProperty("category").GetString()));
        Assert.Equal(Category, attempts.GetProperty("items")[0].GetProperty("category").GetString());
    }

    [Fact]
    public async Task A_record_in_an_unknown_status_is_listed_and_counted_by_its_word()
    {
        var day = new DateTimeOffset(2004, 3, 1, 0, 0, 0, TimeSpan.Zero);
        var id = await _items.PutAsync(WrittenByAnother, day.AddHours(1));
        var window = $"from={ListClient.Text(day)}&to={ListClient.Text(day.AddDays(1))}";
        using var http = fixture.Status.CreatePublicClient(TestKeys.Alice);

        var all = await _list.ListAsync(window);
        var failed = await _list.ListAsync($"{window}&status=FAILED");
        var summary = await http.GetFromJsonAsync<JsonElement>($"/v1/summary?{window}");

        Assert.Equal([id], ListClient.Ids(all));
        Assert.Equal(Status, all.GetProperty("items")[0].GetProperty("status").GetString());
        Assert.Empty(ListClient.Ids(failed));

        // Other tests leave some, too.
        Assert.True(summary.GetProperty("byStatus").GetProperty("other").GetProperty(Status).GetInt32() >= 1);
    }

    [Fact]
    public async Task A_filter_still_takes_the_words_of_this_release_only()
    {
        using var http = fixture.Status.CreatePublicClient(TestKeys.Alice);
        using var answer = await http.GetAsync($"/v1/notifications?status={Status}");

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains("must be one of PENDING, QUEUED, PROCESSING, SUCCESS, FAILED", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_in_an_unknown_status_is_claimed_and_moved_by_nobody()
    {
        var id = await _items.PutAsync(WrittenByAnother);
        var before = await _items.ReadAsync(id);
        var record = (await Client.GetAsync(id, None))!;

        var outcomes = new[]
        {
            await Client.QueuedAsync(id, None),
            await Client.RollBackAsync(id, new RollBackRequest(7, "no queue", 1), None),
            await Client.ReleaseAsync(id, new ReleaseRequest("lease", 1), None),
            await Client.ResultAsync(id, new ResultRequest("lease", 0, Results.Success(), null), None),
            await Client.CancelAsync(id, None),
            await Client.RedeliverAsync(id, None),
        };
        var (claim, current) = await Client.ClaimAsync(id, new ClaimRequest("worker"), None);
        var dispatch = await Assert.ThrowsAsync<RecordTroubleException>(() => Client.DispatchAsync(id, new DispatchRequest(record.DueAt!.Value), None));

        Assert.Null(claim);
        Assert.Equal((id, true), (dispatch.Id, dispatch.ForGood));
        Assert.Contains($"'{Status}', which this release does not know", dispatch.Reason, StringComparison.Ordinal);
        Assert.Equal(Status, current!.Status.Text());
        Assert.All(outcomes, outcome => Assert.Equal((false, Status), (outcome.Applied, outcome.Record?.Status.Text())));
        Assert.Equal(ItemText.Of(before), ItemText.Of(await _items.ReadAsync(id)));
    }

    [Fact]
    public async Task A_result_of_a_category_that_a_newer_worker_knows_is_stored_as_it_is()
    {
        var id = await new Situation(fixture.Backends.DynamoDbClient).Of(Notifications.Transitions.FromState.Processing);
        var category = Notifications.Records.DeliveryCategory.Of(Category);
        var result = Results.ClientError() with { Category = category };

        Assert.True((await Client.ResultAsync(id, new ResultRequest(Situation.LeaseToken, 0, result, null), None)).Applied);

        var record = (await Client.GetAsync(id, None))!;
        Assert.Equal((category, category), (record.DeliveryResult!.Category, record.History[^1].Category));
    }

    private static void WrittenByAnother(Item item)
    {
        item[StoredNames.Status] = StoredValue.Of(Status);
        item[StoredNames.PreviousStatus] = StoredValue.Of(Status);
        item["of-another-release"] = new AttributeValue { SS = ["a", "b"] };
        item[StoredNames.DeliveryResult] = StoredValue.Of(new Item
        {
            ["cat"] = StoredValue.Of(Category),
            ["rt"] = StoredValue.Of(5),
            ["ts"] = StoredValue.Of(DateTimeOffset.UtcNow),
            ["n"] = StoredValue.Of(1),
            ["er"] = StoredValue.Of(new Item { ["c"] = StoredValue.Of("gone"), ["m"] = StoredValue.Of("It is gone.") }),
        });
        item[StoredNames.History] = StoredValue.Of([StoredValue.Of(new Item
        {
            ["n"] = StoredValue.Of(1),
            ["s"] = StoredValue.Of(DateTimeOffset.UtcNow),
            ["k"] = StoredValue.Of(Category),
        })]);
    }
}
