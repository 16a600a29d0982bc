using System.Text.Json;
using Waybill.Notifications.Records;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Queries.Listing;

/// <summary>
/// Each way through the table finds what was asked for, says what it looked at, and goes on at a cursor. Each test has a host of its own, and what stays open is Bob's.
/// </summary>
[Collection(StatusCollection.Name)]
public sealed class ListByIndexTests(StatusFixture fixture)
{
    private static readonly DateTimeOffset FirstDay = new(2021, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static int _days;

    private readonly ListClient _list = new(fixture);
    private readonly DateTimeOffset _day = FirstDay.AddDays(Interlocked.Increment(ref _days));
    private readonly string _host = $"h{Guid.NewGuid():N}.example";

    private string Window => $"from={ListClient.Text(_day)}&to={ListClient.Text(_day.AddDays(1))}";

    [Theory]
    [InlineData("status=FAILED")]
    [InlineData("status=FAILED&final=true")]
    [InlineData("category=SERVER_ERROR")]
    [InlineData("category=SERVER_ERROR&final=true")]
    public async Task Failures_come_newest_failure_first(string filter)
    {
        await _list.PutAsync(Enumerable.Range(0, 150).Select(n => _day.AddMinutes(n)), url: $"https://{_host}/", status: NotificationStatus.Success);
        var earlier = await FailAsync(createdAt: _day.AddHours(2), failedAt: _day.AddHours(3));
        var later = await FailAsync(createdAt: _day.AddHours(1), failedAt: _day.AddHours(9));

        var answer = await _list.ListAsync($"{Window}&{filter}&host={_host}");

        Assert.Equal([later, earlier], ListClient.Ids(answer));
    }

    [Fact]
    public async Task Failures_are_chosen_by_the_time_of_creation_however_late_they_failed()
    {
        var inside = await FailAsync(createdAt: _day.AddHours(23), failedAt: _day.AddDays(3));
        await FailAsync(createdAt: _day.AddDays(1), failedAt: _day.AddDays(1).AddHours(1));
        await FailAsync(createdAt: _day.AddMilliseconds(-1), failedAt: _day.AddHours(1));

        Assert.Equal([inside], ListClient.Ids(await _list.ListAsync($"{Window}&status=FAILED&final=true&host={_host}")));
    }

    [Fact]
    public async Task Failures_of_one_host_are_found_among_many_of_others()
    {
        await _list.PutAsync(
            Enumerable.Range(0, 700).Select(n => _day.AddSeconds(n)),
            url: "https://others.example/",
            status: NotificationStatus.Failed,
            change: item => item[StoredNames.DeliveryResult] = StoredValue.Of(ResultMap.Write(Results.ServerError())));
        var wanted = await FailAsync(createdAt: _day, failedAt: _day);

        var pages = await _list.PagesAsync($"{Window}&status=FAILED&final=true&host={_host}");

        Assert.Equal(wanted, Assert.Single(pages.SelectMany(page => page)));
        Assert.Single(pages);
    }

    [Fact]
    public async Task A_host_is_meant_with_its_port_or_without()
    {
        var on80 = await FailAsync(_day, _day.AddSeconds(1), $"http://{_host}/");
        var on8080 = await FailAsync(_day, _day.AddSeconds(2), $"http://{_host}:8080/");

        Assert.Equal([on8080, on80], ListClient.Ids(await _list.ListAsync($"{Window}&status=FAILED&host={_host}")));
        Assert.Equal([on8080], ListClient.Ids(await _list.ListAsync($"{Window}&status=FAILED&host={_host}:8080")));
        Assert.Equal([on80], ListClient.Ids(await _list.ListAsync($"{Window}&status=FAILED&host={_host}:80")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(200)]
    public async Task Pages_of_failures_hold_each_once_also_of_the_same_millisecond(int limit)
    {
        var ids = new List<string>();

        for (var number = 0; number < 9; number++)
        {
            ids.Add(await FailAsync(_day, _day.AddHours(number / 4)));
        }

        var pages = await _list.PagesAsync($"{Window}&status=FAILED&host={_host}&limit={limit}");

        Assert.Equal(ids.Order(StringComparer.Ordinal), pages.SelectMany(page => page).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_waits_for_a_retry_comes_after_what_has_failed_for_good()
    {
        var failed = await FailAsync(_day, _day.AddHours(1), owner: "bob");
        var waiting = Assert.Single(await _list.PutAsync([_day], owner: "bob", url: $"https://{_host}/", status: NotificationStatus.Failed, change: item =>
        {
            item[StoredNames.DeliveryResult] = StoredValue.Of(ResultMap.Write(Results.ServerError()));
            item[StoredNames.NextAttemptAt] = StoredValue.Of(DateTimeOffset.UtcNow.AddYears(1));
        }, dueAt: DateTimeOffset.UtcNow.AddYears(1)));

        Assert.Equal([failed, waiting], ListClient.Ids(await _list.ListAsync($"{Window}&status=FAILED&host={_host}", TestKeys.Bob)));
        Assert.Equal([failed], ListClient.Ids(await _list.ListAsync($"{Window}&status=FAILED&final=true&host={_host}", TestKeys.Bob)));
        Assert.Equal([waiting], ListClient.Ids(await _list.ListAsync($"{Window}&status=FAILED&final=false&host={_host}", TestKeys.Bob)));
        Assert.Equal([waiting], ListClient.Ids(await _list.ListAsync($"{Window}&final=false&host={_host}", TestKeys.Bob)));
    }

    [Fact]
    public async Task What_is_open_is_listed_newest_first_page_by_page()
    {
        var ids = await _list.PutAsync(Enumerable.Range(0, 5).Select(n => _day.AddHours(n)), owner: "bob", url: $"https://{_host}/", status: NotificationStatus.Queued, dueAt: DateTimeOffset.UtcNow.AddYears(1));
        await _list.PutAsync([_day], owner: "bob", url: $"https://{_host}/", status: NotificationStatus.Success);

        var pages = await _list.PagesAsync($"{Window}&status=QUEUED&host={_host}&limit=2", TestKeys.Bob);

        Assert.Equal(ids.Reverse(), pages.SelectMany(page => page));
        Assert.Equal([2, 2, 1], pages.Where(page => page.Length > 0).Select(page => page.Length));
    }

    [Fact]
    public async Task A_correlation_id_is_found_at_all_times_and_of_its_owner_only()
    {
        var order = $"order-{Guid.NewGuid():N}";
        var early = await _list.PutAsync([_day.AddYears(-10), _day], correlationId: order);
        var bobs = await _list.PutAsync([_day.AddHours(1)], owner: "bob", correlationId: order);

        Assert.Equal(early.Reverse(), ListClient.Ids(await _list.ListAsync($"correlationId={order}")));
        Assert.Equal(bobs, ListClient.Ids(await _list.ListAsync($"correlationId={order}", TestKeys.Bob)));
        Assert.Equal([bobs[0], early[1], early[0]], ListClient.Ids(await _list.ListAsync($"correlationId={order}", TestKeys.Operator)));
        Assert.Equal([early[1]], ListClient.Ids(await _list.ListAsync($"correlationId={order}&{Window}")));
        Assert.Equal([early[1], early[0]], (await _list.PagesAsync($"correlationId={order}&limit=1")).SelectMany(page => page));
    }

    [Fact]
    public async Task An_operator_may_name_an_owner_and_a_client_itself()
    {
        var alices = await _list.PutAsync([_day], owner: "alice");
        var bobs = await _list.PutAsync([_day.AddSeconds(1)], owner: "bob");

        Assert.Equal(bobs, ListClient.Ids(await _list.ListAsync($"{Window}&owner=bob", TestKeys.Operator)));
        Assert.Equal(alices, ListClient.Ids(await _list.ListAsync($"{Window}&owner=alice")));
        Assert.Empty(ListClient.Ids(await _list.ListAsync($"{Window}&owner=nobody", TestKeys.Operator)));
    }

    [Fact]
    public async Task What_no_index_has_says_how_many_were_looked_at()
    {
        await _list.PutAsync(Enumerable.Range(0, 60).Select(n => _day.AddSeconds(n)), status: NotificationStatus.Success);
        var wanted = await _list.PutAsync([_day], url: $"https://{_host}/", status: NotificationStatus.Success);

        var answer = await _list.ListAsync($"{Window}&status=SUCCESS&host={_host}");

        Assert.Equal(wanted, ListClient.Ids(answer));
        Assert.Equal(61, Examined(answer));
        Assert.Null(Examined(await _list.ListAsync(Window)));
    }

    [Fact]
    public async Task A_cursor_of_failures_stays_where_it_is_when_others_fail_or_are_delivered_again()
    {
        var ids = new[] { await FailAsync(_day, _day.AddHours(1)), await FailAsync(_day, _day.AddHours(2)), await FailAsync(_day, _day.AddHours(3)) };
        var first = await _list.ListAsync($"{Window}&status=FAILED&final=true&host={_host}&limit=1");
        await FailAsync(_day, _day.AddHours(4));
        await fixture.Backends.DynamoDbClient.DeleteItemAsync(TableDefinition.DefaultName, StateItem.Key(ids[1]));

        var second = await _list.ListAsync($"{Window}&status=FAILED&final=true&host={_host}&cursor={first.GetProperty("cursor").GetString()}");

        Assert.Equal([ids[2]], ListClient.Ids(first));
        Assert.Equal([ids[0]], ListClient.Ids(second));
    }

    private static int? Examined(JsonElement answer) => answer.TryGetProperty("examined", out var examined) ? examined.GetInt32() : null;

    private async Task<string> FailAsync(DateTimeOffset createdAt, DateTimeOffset failedAt, string? url = null, string owner = "alice") =>
        Assert.Single(await _list.PutAsync([createdAt], owner: owner, url: url ?? $"https://{_host}/", status: NotificationStatus.Failed, change: item =>
        {
            item[StoredNames.LastUpdatedAt] = StoredValue.Of(failedAt);
            item[StoredNames.DeliveryResult] = StoredValue.Of(ResultMap.Write(Results.ServerError()));
        }));
}
