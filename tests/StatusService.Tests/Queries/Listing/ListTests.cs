using System.Buffers.Text;
using System.Text;
using Waybill.Notifications.Records;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Queries.Listing;

/// <summary>Each test has a day of its own in the past, so that it sees its own notifications only.</summary>
[Collection(StatusCollection.Name)]
public sealed class ListTests(StatusFixture fixture)
{
    private static readonly DateTimeOffset FirstDay = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static int _days;

    private readonly ListClient _list = new(fixture);
    private readonly DateTimeOffset _day = FirstDay.AddDays(Interlocked.Increment(ref _days));

    private string Window => $"from={ListClient.Text(_day)}&to={ListClient.Text(_day.AddDays(1))}";

    [Fact]
    public async Task Notifications_come_newest_first_over_hours_and_shards()
    {
        var ids = await _list.PutAsync(Enumerable.Range(0, 30).Select(n => _day.AddMinutes(40 * n)));

        var answer = await _list.ListAsync(Window);

        Assert.Equal(ids.Reverse(), ListClient.Ids(answer));
        Assert.False(answer.TryGetProperty("cursor", out _));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(200)]
    public async Task Pages_hold_every_notification_once_also_of_the_same_millisecond(int limit)
    {
        var times = Enumerable.Repeat(_day.AddHours(3), 20).Concat(Enumerable.Range(0, 20).Select(n => _day.AddHours(n)));
        var ids = await _list.PutAsync(times);

        var pages = await _list.PagesAsync($"{Window}&limit={limit}");

        Assert.All(pages, page => Assert.InRange(page.Length, 0, limit));
        Assert.Equal(ids.Order(StringComparer.Ordinal), pages.SelectMany(page => page).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task More_of_one_shard_than_one_answer_holds_are_all_listed_in_order()
    {
        // About 130 in each shard, and 40 in each of some milliseconds.
        var ids = await _list.PutAsync(Enumerable.Range(0, 1040).Select(n => _day.AddMilliseconds(n / 40)));

        var pages = await _list.PagesAsync($"{Window}&limit=200");

        var listed = pages.SelectMany(page => page).ToArray();
        Assert.Equal(ids.Length, listed.Distinct().Count());
        Assert.Equal(ids.Length, listed.Length);

        var milliseconds = ids.Index().ToDictionary(entry => entry.Item, entry => entry.Index / 40);
        Assert.Equal(listed.Select(id => milliseconds[id]).OrderDescending(), listed.Select(id => milliseconds[id]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public async Task A_filter_that_skips_more_than_one_answer_holds_finds_each_once(int perMillisecond)
    {
        // About 160 in each shard, so that an answer ends at a time of its own in each, or amid a millisecond; there DynamoDB
        // may order by id, by which those that were stored first come last.
        var ids = await _list.PutAsync(Enumerable.Range(0, 80).Select(n => _day.AddMilliseconds(15 * n / perMillisecond)), url: "https://wanted.example/");
        await _list.PutAsync(Enumerable.Range(0, 1200).Select(n => _day.AddMilliseconds(n / perMillisecond)));

        var pages = await _list.PagesAsync($"{Window}&host=wanted.example&limit=200");

        Assert.Equal(ids.Order(StringComparer.Ordinal), pages.SelectMany(page => page).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_cursor_stays_where_it_is_when_newer_notifications_come()
    {
        var old = await _list.PutAsync([_day.AddHours(1), _day.AddHours(2)]);
        var first = await _list.ListAsync($"{Window}&limit=1");
        await _list.PutAsync([_day.AddHours(2).AddMilliseconds(1), _day.AddHours(3)]);

        var second = await _list.ListAsync($"limit=50&cursor={first.GetProperty("cursor").GetString()}");

        Assert.Equal(old[1..], ListClient.Ids(first));
        Assert.Equal(old[..1], ListClient.Ids(second));
    }

    [Fact]
    public async Task A_client_sees_its_own_only_and_an_operator_all()
    {
        var alices = await _list.PutAsync([_day], owner: "alice");
        var bobs = await _list.PutAsync([_day.AddSeconds(1)], owner: "bob");

        Assert.Equal(alices, ListClient.Ids(await _list.ListAsync(Window)));
        Assert.Equal(bobs, ListClient.Ids(await _list.ListAsync(Window, TestKeys.Bob)));
        Assert.Equal(bobs.Concat(alices), ListClient.Ids(await _list.ListAsync(Window, TestKeys.Operator)));
    }

    [Fact]
    public async Task A_cursor_does_not_tell_the_id_of_another_owners_notification()
    {
        await _list.PutAsync([_day.AddSeconds(2), _day]);
        var bobs = await _list.PutAsync(Enumerable.Repeat(_day.AddSeconds(1), 10), owner: "bob");

        foreach (var cursor in await _list.CursorsAsync($"{Window}&limit=1"))
        {
            var text = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor));
            Assert.DoesNotContain(bobs, id => text.Contains(id, StringComparison.Ordinal));
            Assert.DoesNotContain("ntf_", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Filters_are_applied_together()
    {
        var wanted = await _list.PutAsync([_day], url: "https://Hooks.example:8443/a", correlationId: "one", status: NotificationStatus.Success);
        await _list.PutAsync([_day], url: "https://hooks.example:8443/a", correlationId: "two", status: NotificationStatus.Success);
        await _list.PutAsync([_day], url: "https://hooks.example:8443/a", correlationId: "one", status: NotificationStatus.Failed);
        await _list.PutAsync([_day], url: "https://other.example/a", correlationId: "one", status: NotificationStatus.Success);

        Assert.Equal(wanted, ListClient.Ids(await _list.ListAsync($"{Window}&status=SUCCESS&host=hooks.example&correlationId=one")));
        Assert.Equal(wanted, ListClient.Ids(await _list.ListAsync($"{Window}&status=SUCCESS&host=HOOKS.example:8443&correlationId=one")));
        Assert.Empty(ListClient.Ids(await _list.ListAsync($"{Window}&host=hooks.example:443")));
    }

    [Theory]
    [InlineData("https://xn--bcher-kva.example/a", "bücher.example")]
    [InlineData("https://xn--bcher-kva.example/a", "BÜCHER.Example.")]
    [InlineData("https://xn--bcher-kva.example/a", "bu\u0308cher.example:443")]
    [InlineData("https://xn--bcher-kva.example/a", "ｂüｃｈｅｒ。example")]
    [InlineData("https://xn--bcher-kva.example/a", "XN--BCHER-KVA.example")]
    [InlineData("http://127.0.0.1:9/", "①②⑦.⓪.⓪.①:9")]
    [InlineData("http://127.0.0.1:9/", "127.1")]
    [InlineData("http://[::1]:9/", "[0::1]:9")]
    [InlineData("http://[::1]:9/", "::1")]
    public async Task A_host_is_found_in_each_of_its_spellings(string url, string host)
    {
        var wanted = await _list.PutAsync([_day], url: url);
        await _list.PutAsync([_day.AddSeconds(1)], url: "https://bucher.example/a");

        Assert.Equal(wanted, ListClient.Ids(await _list.ListAsync($"{Window}&host={Uri.EscapeDataString(host)}")));
    }

    [Fact]
    public async Task From_is_in_the_window_and_to_is_not()
    {
        var ids = await _list.PutAsync([_day, _day.AddHours(1), _day.AddHours(2)]);

        var answer = await _list.ListAsync($"from={ListClient.Text(_day)}&to={ListClient.Text(_day.AddHours(2))}");

        Assert.Equal([ids[1], ids[0]], ListClient.Ids(answer));
    }

    [Fact]
    public async Task A_month_that_is_empty_but_for_its_ends_is_one_page()
    {
        // A month of its own, as days of other tests are near.
        var month = FirstDay.AddYears(10);
        var ids = await _list.PutAsync([month, month.AddDays(31).AddMilliseconds(-1)]);

        var pages = await _list.PagesAsync($"from={ListClient.Text(month)}&to={ListClient.Text(month.AddDays(31))}");

        Assert.Equal(ids.Reverse(), Assert.Single(pages));
    }

    [Fact]
    public async Task Without_parameters_the_last_day_is_listed()
    {
        var accepted = await fixture.Status.Client.AcceptAsync(Submissions.New(owner: "bob"), CancellationToken.None);

        Assert.Contains(accepted.Record!.Id, ListClient.Ids(await _list.ListAsync("", TestKeys.Bob)));
    }
}
