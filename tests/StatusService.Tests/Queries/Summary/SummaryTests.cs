using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Waybill.Notifications.Records;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Tests.Queries.Listing;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Queries.Summary;

/// <summary>Each test has an hour of its own, so that it knows all that is in it.</summary>
[Collection(StatusCollection.Name)]
public sealed class SummaryTests(StatusFixture fixture)
{
    private static int _hours;

    private readonly ListClient _list = new(fixture);
    private readonly DateTimeOffset _hour = new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(Interlocked.Increment(ref _hours));

    [Fact]
    public async Task It_counts_by_status_host_and_category_and_by_time()
    {
        await PutAsync(3, NotificationStatus.Success, "https://a.example.com/x", item =>
        {
            item[StoredNames.DeliveryResult] = StoredValue.Of(ResultMap.Write(Results.Success()));
            item[StoredNames.DeliveredAt] = StoredValue.Of(_hour.AddMilliseconds(250));
        });
        await PutAsync(2, NotificationStatus.Failed, "https://b.example.com:8443/x", item =>
            item[StoredNames.DeliveryResult] = StoredValue.Of(ResultMap.Write(Results.ServerError())));
        await PutAsync(1, NotificationStatus.Failed, "https://b.example.com:8443/y", item =>
        {
            item[StoredNames.DeliveryResult] = StoredValue.Of(ResultMap.Write(Results.ServerError()));
            item[StoredNames.NextAttemptAt] = StoredValue.Of(_hour.AddHours(1));
        });
        await PutAsync(1, NotificationStatus.Pending, "https://a.example.com/z", _ => { });

        var summary = await GetAsync(TestKeys.Alice);

        Assert.True(summary.GetProperty("complete").GetBoolean());
        Assert.Equal(7, summary.GetProperty("notifications").GetInt32());
        Assert.Equal("""{"pending":1,"queued":0,"processing":0,"success":3,"failed":3,"waitingForRetry":1}""", summary.GetProperty("byStatus").GetRawText());
        Assert.Equal("""{"SUCCESS":3,"SERVER_ERROR":3}""", summary.GetProperty("byCategory").GetRawText());

        var hosts = summary.GetProperty("byHost").EnumerateArray().ToArray();
        Assert.Equal(["a.example.com", "b.example.com:8443"], hosts.Select(host => host.GetProperty("host").GetString()));
        Assert.Equal([4, 3], hosts.Select(host => host.GetProperty("notifications").GetInt32()));

        var trouble = Assert.Single(summary.GetProperty("hostsInTrouble").EnumerateArray());
        Assert.Equal((2, 1, "http_503"), (trouble.GetProperty("failed").GetInt32(), trouble.GetProperty("waitingForRetry").GetInt32(), trouble.GetProperty("lastErrorCode").GetString()));

        Assert.Equal(60, summary.GetProperty("bucketSeconds").GetInt32());
        var series = summary.GetProperty("series").EnumerateArray().ToArray();
        Assert.Equal(60, series.Length);
        Assert.Equal(_hour, series[0].GetProperty("start").GetDateTimeOffset());
        Assert.Equal((7, 3, 2), (series[0].GetProperty("accepted").GetInt32(), series[0].GetProperty("succeeded").GetInt32(), series[0].GetProperty("failed").GetInt32()));
        Assert.Equal((250, 250), (series[0].GetProperty("latencyP50").GetDouble(), series[0].GetProperty("latencyP99").GetDouble()));
        Assert.Equal(0, series[1].GetProperty("accepted").GetInt32());
        Assert.False(series[1].TryGetProperty("latencyP50", out _));
    }

    [Fact]
    public async Task An_owner_sees_its_own_and_an_operator_all()
    {
        await _list.PutAsync([_hour, _hour], owner: "alice");
        await _list.PutAsync([_hour], owner: "bob");

        Assert.Equal(2, (await GetAsync(TestKeys.Alice)).GetProperty("notifications").GetInt32());
        Assert.Equal(1, (await GetAsync(TestKeys.Bob)).GetProperty("notifications").GetInt32());
        Assert.Equal(3, (await GetAsync(TestKeys.Operator)).GetProperty("notifications").GetInt32());
    }

    [Fact]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task It_is_given_again_for_a_moment_and_only_to_those_who_may_see_the_same()
    {
        var first = await GetAsync(TestKeys.Alice);
        await _list.PutAsync([_hour], owner: "alice");
        var second = await GetAsync(TestKeys.Alice);

        Assert.Equal(first.GetProperty("madeAt").GetString(), second.GetProperty("madeAt").GetString());
        Assert.Equal(1, (await GetAsync(TestKeys.Operator)).GetProperty("notifications").GetInt32());
        await Eventually.BecomesAsync(() => GetAsync(TestKeys.Alice), summary => summary.GetProperty("notifications").GetInt32() == 1);
    }

    [Fact]
    public async Task It_names_the_oldest_that_is_open_whenever_it_was_created()
    {
        var id = (await fixture.Status.Client.AcceptAsync(Submissions.New(owner: "bob"), CancellationToken.None)).Record!.Id;
        await fixture.Status.Client.AcceptAsync(Submissions.New(owner: "bob"), CancellationToken.None);

        var oldest = (await GetAsync(TestKeys.Bob)).GetProperty("oldestOpen");
        var all = (await GetAsync(TestKeys.Operator)).GetProperty("oldestOpen");

        Assert.True(oldest.GetProperty("createdAt").GetDateTimeOffset() <= (await fixture.Status.Client.GetAsync(id, CancellationToken.None))!.CreatedAt);
        Assert.True(all.GetProperty("createdAt").GetDateTimeOffset() <= oldest.GetProperty("createdAt").GetDateTimeOffset());
    }

    [Fact]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task Beyond_its_bound_it_is_of_the_newest_and_says_so()
    {
        await using var service = await StatusServiceHost.StartAsync(fixture.Backends, ("Summary__MaxRecords", "100"));
        await _list.PutAsync(Enumerable.Range(0, 2500).Select(number => _hour.AddSeconds(number)));

        var summary = await GetAsync(TestKeys.Alice, service);

        Assert.False(summary.GetProperty("complete").GetBoolean());
        Assert.InRange(summary.GetProperty("notifications").GetInt32(), 100, 2000);
        Assert.True(summary.GetProperty("since").GetDateTimeOffset() > _hour);
        Assert.True(summary.GetProperty("series")[0].GetProperty("start").GetDateTimeOffset() > _hour.AddMinutes(-1));
    }

    [Theory]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2020-01-01T00:00:00Z&to=2020-01-08T00:00:01Z", "from")]
    [InlineData("status=FAILED", "status")]
    public async Task What_is_not_allowed_is_named(string query, string parameter)
    {
        using var http = fixture.Status.CreatePublicClient(TestKeys.Alice);

        using var answer = await http.GetAsync($"/v1/summary?{query}");
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal((HttpStatusCode.BadRequest, "urn:waybill:problem:validation"), (answer.StatusCode, problem.GetProperty("type").GetString()));
        Assert.True(problem.GetProperty("errors").TryGetProperty(parameter, out _));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData(TestKeys.Internal, HttpStatusCode.Forbidden)]
    public async Task Others_are_refused(string? key, HttpStatusCode status)
    {
        using var http = fixture.Status.CreatePublicClient(key);
        using var answer = await http.GetAsync("/v1/summary");

        Assert.Equal(status, answer.StatusCode);
    }

    private async Task PutAsync(int count, NotificationStatus status, string url, Action<Item> change) =>
        await _list.PutAsync(Enumerable.Repeat(_hour, count), url: url, status: status, change: change);

    private async Task<JsonElement> GetAsync(string key, StatusServiceHost? service = null)
    {
        using var http = (service ?? fixture.Status).CreatePublicClient(key);
        return await http.GetFromJsonAsync<JsonElement>($"/v1/summary?from={ListClient.Text(_hour)}&to={ListClient.Text(_hour.AddHours(1))}");
    }
}
