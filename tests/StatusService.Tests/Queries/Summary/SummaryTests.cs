using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Counters;
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

    private readonly DateTimeOffset _hour = new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(Interlocked.Increment(ref _hours));

    [Fact]
    public async Task It_adds_up_what_all_processes_have_counted_in_the_window()
    {
        // Hosts are also those of what is open, whenever it was created.
        var table = await fixture.NewTableAsync();
        await using var service = await StartAsync(table);

        await CountAsync("alice", "one", tally =>
        {
            Repeat(5, () => tally.Accept("a.example.com"));
            Repeat(3, () => tally.Succeed("a.example.com", 250));
            tally.Fail("b.example.com:8443", DeliveryCategory.ServerError);
            tally.Attempt(7);
        }, table);
        await CountAsync("alice", "two", tally =>
        {
            Repeat(2, () => tally.Accept("b.example.com:8443"));
            tally.Redeliver();
        }, table);

        var summary = await GetAsync(TestKeys.Alice, service);

        Assert.Equal((7, 7, 1), (summary.GetProperty("notifications").GetInt32(), summary.GetProperty("attempts").GetInt32(), summary.GetProperty("redelivered").GetInt32()));
        Assert.Equal(3, summary.GetProperty("byStatus").GetProperty("success").GetInt32());
        Assert.Equal("""{"SUCCESS":3,"SERVER_ERROR":1}""", summary.GetProperty("byCategory").GetRawText());
        Assert.InRange(summary.GetProperty("latencyP50").GetDouble(), 225, 275);
        Assert.InRange(summary.GetProperty("latencyP99").GetDouble(), 225, 275);

        var hosts = summary.GetProperty("byHost").EnumerateArray().ToArray();
        Assert.Equal(["a.example.com", "b.example.com:8443"], hosts.Select(host => host.GetProperty("host").GetString()));
        Assert.Equal([5, 2], hosts.Select(host => host.GetProperty("notifications").GetInt32()));

        // Nothing is left of the minutes of that time.
        Assert.Equal(3600, summary.GetProperty("bucketSeconds").GetInt32());
        var bucket = Assert.Single(summary.GetProperty("series").EnumerateArray());
        Assert.Equal(_hour, bucket.GetProperty("start").GetDateTimeOffset());
        Assert.Equal((7, 3, 1, 7), (bucket.GetProperty("accepted").GetInt32(), bucket.GetProperty("succeeded").GetInt32(), bucket.GetProperty("failed").GetInt32(), bucket.GetProperty("attempts").GetInt32()));
        Assert.InRange(bucket.GetProperty("latencyP90").GetDouble(), 225, 275);
    }

    [Fact]
    public async Task What_happens_is_counted_within_seconds_and_to_its_owner_and_all()
    {
        await using var service = await StartAsync(await fixture.NewTableAsync());
        var from = DateTimeOffset.UtcNow.AddHours(-1);

        await DeliverAsync(service, Results.Success(), retryInSeconds: null);
        await DeliverAsync(service, Results.ClientError(), retryInSeconds: null);
        await DeliverAsync(service, Results.ServerError(), retryInSeconds: 3600);

        await Eventually.BecomesAsync(() => CountsAsync(TestKeys.Bob), counts => counts == (3, 3, 1, 1));
        await Eventually.BecomesAsync(() => CountsAsync(TestKeys.Operator), counts => counts == (3, 3, 1, 1));
        Assert.Equal((0, 0, 0, 0), await CountsAsync(TestKeys.Alice));

        async Task<(int Accepted, int Attempts, int Succeeded, int Failed)> CountsAsync(string key)
        {
            var summary = await GetAsync(key, service, from, DateTimeOffset.UtcNow.AddMinutes(1));
            var status = summary.GetProperty("byStatus");
            return (summary.GetProperty("notifications").GetInt32(), summary.GetProperty("attempts").GetInt32(), status.GetProperty("success").GetInt32(), status.GetProperty("failed").GetInt32());
        }
    }

    [Fact]
    public async Task Failures_are_grouped_by_host_and_error_and_counted_exactly()
    {
        var table = await fixture.NewTableAsync();
        var list = new ListClient(fixture, new StoreParts(fixture.Table, tableName: table));
        await using var service = await StartAsync(table);

        await FailAsync(list, 5, "https://a.example.com/x", Results.ServerError());
        await FailAsync(list, 2, "https://a.example.com/y", Results.ServerError(statusCode: 500));
        await FailAsync(list, 3, "https://b.example.com:8443/", Results.ClientError());

        var summary = await GetAsync(TestKeys.Alice, service);
        var groups = summary.GetProperty("failures").EnumerateArray().ToArray();

        Assert.True(summary.GetProperty("complete").GetBoolean());
        Assert.Equal(10, summary.GetProperty("byStatus").GetProperty("failed").GetInt32());
        Assert.Equal(
            [("a.example.com", "http_503", "SERVER_ERROR", 5), ("b.example.com:8443", "http_404", "CLIENT_ERROR", 3), ("a.example.com", "http_500", "SERVER_ERROR", 2)],
            groups.Select(group => (group.GetProperty("host").GetString(), group.GetProperty("errorCode").GetString(), group.GetProperty("category").GetString(), group.GetProperty("count").GetInt32())));

        var trouble = summary.GetProperty("hostsInTrouble").EnumerateArray().ToArray();
        Assert.Equal([("a.example.com", 7), ("b.example.com:8443", 3)], trouble.Select(host => (host.GetProperty("host").GetString(), host.GetProperty("failed").GetInt32())));
    }

    [Fact]
    public async Task What_is_open_is_counted_whatever_the_window()
    {
        await using var service = await StartAsync(await fixture.NewTableAsync());
        await service.Client.AcceptAsync(Submissions.New(owner: "bob"), CancellationToken.None);
        await DeliverAsync(service, Results.ServerError(), retryInSeconds: 3600);
        var summary = await GetAsync(TestKeys.Bob, service);

        Assert.Equal((2, 1, 1), (summary.GetProperty("open").GetInt32(), Status("pending"), Status("waitingForRetry")));
        Assert.Equal(2, (await GetAsync(TestKeys.Operator, service)).GetProperty("open").GetInt32());
        Assert.Equal(0, (await GetAsync(TestKeys.Alice, service)).GetProperty("open").GetInt32());

        // A host is in trouble by what waits alone, and says with which error.
        var host = summary.GetProperty("hostsInTrouble").EnumerateArray().Single(one => one.GetProperty("host").GetString() == "127.0.0.1:9");
        Assert.Equal(1, host.GetProperty("waitingForRetry").GetInt32());
        Assert.Equal("http_503", host.GetProperty("lastErrorCode").GetString());

        int Status(string name) => summary.GetProperty("byStatus").GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task An_owner_sees_its_own_and_an_operator_all()
    {
        await CountAsync("alice", "one", tally => Repeat(2, () => tally.Accept("a.example.com")));
        await CountAsync("bob", "one", tally => tally.Accept("a.example.com"));
        await CountAsync(null, "one", tally => Repeat(3, () => tally.Accept("a.example.com")));

        Assert.Equal(2, (await GetAsync(TestKeys.Alice)).GetProperty("notifications").GetInt32());
        Assert.Equal(1, (await GetAsync(TestKeys.Bob)).GetProperty("notifications").GetInt32());
        Assert.Equal(3, (await GetAsync(TestKeys.Operator)).GetProperty("notifications").GetInt32());
    }

    [Fact]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task It_is_given_again_for_a_moment_and_only_to_those_who_may_see_the_same()
    {
        var first = await GetAsync(TestKeys.Alice);
        await CountAsync("alice", "one", tally => tally.Accept("a.example.com"));
        await CountAsync(null, "one", tally => tally.Accept("a.example.com"));
        var second = await GetAsync(TestKeys.Alice);

        Assert.Equal(first.GetProperty("madeAt").GetString(), second.GetProperty("madeAt").GetString());
        Assert.Equal(1, (await GetAsync(TestKeys.Operator)).GetProperty("notifications").GetInt32());
        await Eventually.BecomesAsync(() => GetAsync(TestKeys.Alice), summary => summary.GetProperty("notifications").GetInt32() == 1);
    }

    [Theory]
    [InlineData(6, 600)]
    [InlineData(24, 3600)]
    [InlineData(7 * 24, 10_800)]
    [InlineData(90 * 24, 172_800)]
    public async Task A_window_is_cut_into_about_as_many_pieces_as_a_chart_shows(int hours, int seconds)
    {
        var to = DateTimeOffset.UtcNow;
        var summary = await GetAsync(TestKeys.Alice, fixture.Status, to.AddHours(-hours), to);

        Assert.Equal(seconds, summary.GetProperty("bucketSeconds").GetInt32());
        Assert.InRange(summary.GetProperty("series").GetArrayLength(), 24, 61);
    }

    [Fact]
    public async Task It_names_the_oldest_that_is_open_whenever_it_was_created()
    {
        // Of very many that are open only those that are due first are read: which those are, other tests must not decide.
        await using var service = await StartAsync(await fixture.NewTableAsync());
        var first = await AcceptAsync("alice");
        var second = await AcceptAsync("bob");
        await AcceptAsync("bob");

        Assert.Equal(second.Id, Oldest(await GetAsync(TestKeys.Bob, service)));
        Assert.Equal(first.Id, Oldest(await GetAsync(TestKeys.Operator, service)));

        async Task<NotificationRecord> AcceptAsync(string owner)
        {
            var record = (await service.Client.AcceptAsync(Submissions.New(owner: owner), CancellationToken.None)).Record!;
            await Eventually.HoldsAsync(() => DateTimeOffset.UtcNow > record.CreatedAt.AddMilliseconds(1));
            return record;
        }

        static string? Oldest(JsonElement summary) => summary.GetProperty("oldestOpen").GetProperty("id").GetString();
    }

    [Theory]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2020-01-01T00:00:00Z&to=2020-03-31T00:00:01Z", "from")]
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

    private static void Repeat(int times, Action action)
    {
        for (var number = 0; number < times; number++)
        {
            action();
        }
    }

    /// <summary>As a process has counted in this test's hour.</summary>
    private async Task CountAsync(string? owner, string process, Action<Tally> count, string table = TableDefinition.DefaultName)
    {
        var tally = new Tally();
        count(tally);
        var item = CounterItem.Write(CounterItem.Key(owner, CounterPeriod.Hour, _hour, process), tally, 1, DateTimeOffset.UtcNow.AddDays(1));
        await fixture.Backends.DynamoDbClient.PutItemAsync(table, item);
    }

    /// <summary>On a table of its own, so that all that is counted there is known, and little enough to be counted exactly.</summary>
    private Task<StatusServiceHost> StartAsync(string table) =>
        StatusServiceHost.StartInProcessAsync(fixture.Backends, ("Summary__KeepSeconds", "0"), ("Table__Name", table));

    private async Task FailAsync(ListClient list, int count, string url, DeliveryResult result) =>
        await list.PutAsync(Enumerable.Repeat(_hour, count), url: url, status: NotificationStatus.Failed, change: item =>
            item[StoredNames.DeliveryResult] = StoredValue.Of(ResultMap.Write(result)));

    /// <summary>One of Bob's, from its acceptance to a result.</summary>
    private static async Task DeliverAsync(StatusServiceHost service, DeliveryResult result, double? retryInSeconds)
    {
        var id = (await service.Client.AcceptAsync(Submissions.New(owner: "bob"), CancellationToken.None)).Record!.Id;
        var (claim, _) = await service.Client.ClaimAsync(id, new ClaimRequest("worker"), CancellationToken.None);

        await service.Client.ResultAsync(id, new ResultRequest(claim!.Record.Lease!.Token, 0, result, retryInSeconds), CancellationToken.None);
    }

    private Task<JsonElement> GetAsync(string key, StatusServiceHost? service = null) => GetAsync(key, service ?? fixture.Status, _hour, _hour.AddHours(1));

    private static async Task<JsonElement> GetAsync(string key, StatusServiceHost service, DateTimeOffset from, DateTimeOffset to)
    {
        using var http = service.CreatePublicClient(key);
        return await http.AskAsync($"/v1/summary?from={ListClient.Text(from)}&to={ListClient.Text(to)}");
    }
}
