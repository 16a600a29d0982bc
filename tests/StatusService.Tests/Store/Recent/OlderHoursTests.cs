using Microsoft.Extensions.Logging.Abstractions;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Partitions;
using Waybill.StatusService.Store.Recent;
using Waybill.StatusService.Store.Table;
using Waybill.StatusService.Tests.Store.Table;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Store.Recent;

/// <summary>Rules out a record of an older release that nobody finds, and that the question where such records are is asked for ever.</summary>
[Collection(StatusCollection.Name)]
public sealed class OlderHoursTests(StatusFixture fixture) : IAsyncLifetime
{
    /// <summary>Of two hours, in each shard.</summary>
    private const int QueriesOfALook = 2 * Shards.Count;

    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Back = TimeSpan.FromDays(366);

    private readonly DateTimeOffset _hour = IndexPartition.HourOf(DateTimeOffset.UtcNow);
    private readonly WatchedTime _time = new(IndexPartition.HourOf(DateTimeOffset.UtcNow).AddMinutes(30));
    private string _table = "";
    private OlderRecords _records = null!;

    public async Task InitializeAsync()
    {
        _table = await fixture.NewTableAsync();
        _records = new OlderRecords(fixture, _table);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Until_somebody_has_looked_any_hour_may_have_some_as_far_back_as_anybody_may_ask()
    {
        await _records.SetKnownAsync(null);
        var hours = NewHours();

        Assert.Equal([_hour, _hour.AddHours(-1), _hour.AddHours(-2)], await hours.InAsync(_hour.AddHours(-2).AddMinutes(20), _time.GetUtcNow(), None));
        Assert.Equal([_hour.AddHours(-5)], await hours.InAsync(_hour.AddHours(-5), _hour.AddHours(-5).AddMinutes(1), None));
        Assert.Equal([_hour - Back + TimeSpan.FromHours(1), _hour - Back], await hours.InAsync(_hour.AddDays(-400), _hour - Back + TimeSpan.FromHours(1), None));
    }

    [Fact]
    public async Task In_a_new_table_there_are_none_and_a_look_costs_two_hours_and_no_write()
    {
        await _records.SetKnownAsync(new KnownHours(DateTimeOffset.UnixEpoch, _hour, [], 1));
        await using var listener = await ListenAsync();
        using var client = listener.CreateClient();
        var hours = NewHours(client);

        Assert.Empty(await hours.InAsync(_hour.AddDays(-300), _time.GetUtcNow(), None));
        Assert.False(await hours.LookAsync(None));

        Assert.Equal(["GetItem", "GetItem", .. Enumerable.Repeat("Query", QueriesOfALook)], listener.Operations.Order(StringComparer.Ordinal));
        Assert.Empty(await hours.InAsync(_hour.AddDays(-300), _time.GetUtcNow(), None));
    }

    [Fact]
    public async Task Hours_are_found_a_day_at_a_time_and_until_then_may_have_some()
    {
        var earliest = _hour - Back;
        await _records.PutAsync(_hour.AddMinutes(3));
        await _records.PutAsync(earliest.AddMinutes(-1));

        foreach (var hour in new[] { 1, 11, 12, 30, 35 })
        {
            await _records.PutAsync(earliest.AddHours(hour).AddMinutes(59));
        }

        await _records.SetKnownAsync(new KnownHours(earliest.AddHours(36), _hour, [earliest.AddHours(-1), earliest.AddHours(40)], 5));
        var hours = NewHours();

        Assert.True(await hours.LookAsync(None));
        Assert.Equal([35, 30, 12, .. Enumerable.Range(0, 12).Reverse()], await SinceAsync(hours, earliest, earliest.AddHours(36)));
        Assert.Equal([40], await SinceAsync(hours, earliest, earliest.AddHours(50), from: 36));

        Assert.False(await hours.LookAsync(None));
        Assert.Equal([366 * 24, 40, 35, 30, 12, 11, 1], await SinceAsync(hours, earliest, _time.GetUtcNow()));

        var known = await _records.GetKnownAsync();
        Assert.Equal((earliest, _hour, 7L), (known.From, known.To, known.Number));
        Assert.Equal([1, 11, 12, 30, 35, 40, 366 * 24], known.Hours.Select(hour => (int)(hour - earliest).TotalHours));
    }

    /// <summary>As in AWS, where nobody has written anything about them; in each of the shards.</summary>
    [Fact]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task Of_a_table_of_which_nothing_is_known_all_hours_are_found()
    {
        var earliest = _hour - Back;
        await _records.SetKnownAsync(null);
        int[] expected = [0, 1, 23, 24, 25, 4000, 4001, (366 * 24) - 1, 366 * 24];

        foreach (var hour in expected)
        {
            await _records.PutAsync(earliest.AddHours(hour).AddMinutes(7));
        }

        var hours = NewHours();
        var looks = 1;

        while (await hours.LookAsync(None))
        {
            looks++;
        }

        Assert.InRange(looks, 366, 367);
        Assert.Equal(expected.Reverse(), await SinceAsync(hours, earliest, _time.GetUtcNow()));
        Assert.Equal(expected.Reverse(), await SinceAsync(NewHours(), earliest, _time.GetUtcNow()));
    }

    [Fact]
    public async Task What_an_older_release_stores_beside_this_one_is_found_by_the_next_look_for_all_processes()
    {
        await _records.SetKnownAsync(new KnownHours(DateTimeOffset.UnixEpoch, _hour, [], 1));
        var hours = NewHours();
        await hours.LookAsync(None);
        await _records.PutAsync(_time.GetUtcNow());
        await _records.PutAsync(_hour.AddMilliseconds(-1));

        Assert.False(await hours.LookAsync(None));

        Assert.Equal([_hour, _hour.AddHours(-1)], await hours.InAsync(_hour.AddDays(-1), _time.GetUtcNow(), None));
        Assert.Equal([_hour, _hour.AddHours(-1)], await NewHours().InAsync(_hour.AddDays(-1), _time.GetUtcNow(), None));
    }

    /// <summary>A release is taken back for some hours, in which no process of this one looks.</summary>
    [Fact]
    public async Task Hours_in_which_nobody_looked_may_have_some_until_somebody_does()
    {
        await _records.SetKnownAsync(new KnownHours(DateTimeOffset.UnixEpoch, _hour, [], 1));
        await _records.PutAsync(_hour.AddHours(1).AddMinutes(59));
        await _records.PutAsync(_hour.AddHours(4));
        _time.Advance(TimeSpan.FromHours(6));
        var hours = NewHours();

        Assert.Equal([6, 5, 4, 3, 2, 1], await SinceAsync(hours, _hour, _time.GetUtcNow()));

        await hours.LookAsync(None);
        Assert.Equal([4, 1], await SinceAsync(hours, _hour, _time.GetUtcNow()));
        Assert.Equal([4, 1], await SinceAsync(NewHours(), _hour, _time.GetUtcNow()));
    }

    /// <summary>Each finds what the other does not: the one that writes last must not write over what the first one found, and neither may lose its own.</summary>
    [Fact]
    public async Task Race_of_two_processes_that_look_at_once()
    {
        var from = _hour - Back;
        await _records.SetKnownAsync(new KnownHours(from.AddHours(12), _hour, [], 1));
        await _records.PutAsync(from.AddHours(3));
        await _records.PutAsync(_hour);
        var release = new TaskCompletionSource();
        await using var listener = await ListenAsync(before: call => call.Operation == "PutItem" ? release.Task : Task.CompletedTask);
        using var client = listener.CreateClient();
        var last = NewHours(client);

        var looking = last.LookAsync(None);
        await Eventually.HoldsAsync(() => listener.Operations.Contains("PutItem"));
        await _records.SetKnownAsync(new KnownHours(from, _hour, [from.AddHours(3), from.AddHours(5000)], 2));
        release.SetResult();

        Assert.True(await looking);
        Assert.Equal([5000, 3], (await _records.GetKnownAsync()).Hours.Select(hour => (int)(hour - from).TotalHours).Reverse());
        Assert.False(await last.LookAsync(None));
        Assert.Equal([366 * 24, 5000, 3], await SinceAsync(last, from, _time.GetUtcNow()));
        Assert.Equal([366 * 24, 5000, 3], await SinceAsync(NewHours(), from, _time.GetUtcNow()));
    }

    [Fact]
    public async Task The_service_looks_without_a_pause_until_all_is_known_and_then_each_minute()
    {
        await _records.SetKnownAsync(new KnownHours(_hour - Back + TimeSpan.FromHours(60), _hour, [], 1));
        await _records.PutAsync(_hour - Back);
        var hours = NewHours();
        using var watch = NewWatch(hours);

        await watch.StartAsync(None);
        await Eventually.HoldsAsync(() => _time.Waits == 1);
        Assert.Equal((_hour - Back, 4L), ((await _records.GetKnownAsync()).From, (await _records.GetKnownAsync()).Number));

        await _records.PutAsync(_hour);
        _time.Advance(TimeSpan.FromMinutes(1));
        await Eventually.HoldsAsync(() => _time.Waits == 2);

        Assert.Equal([366 * 24, 0], await SinceAsync(hours, _hour - Back, _time.GetUtcNow()));
        await watch.StopAsync(None);
    }

    /// <summary>A background service that fails takes the whole service down.</summary>
    [Theory]
    [InlineData("it is down")]
    [InlineData("it does not take the question")]
    [InlineData("what it knows cannot be read")]
    public async Task Trouble_with_the_table_ends_nothing_and_it_looks_again(string trouble)
    {
        await _records.SetKnownAsync(new KnownHours(DateTimeOffset.UnixEpoch, _hour, [], 1));
        await _records.PutAsync(_hour);
        var isThere = true;
        await using var listener = await TableListener.StartBeforeAsync(
            fixture.Backends.DynamoDb.Endpoint,
            instead: call => !isThere ? null : trouble switch
            {
                "it is down" => GivenAnswer.Unavailable,
                "it does not take the question" => GivenAnswer.Invalid,
                _ => call.Operation == "GetItem" ? new GivenAnswer(200, """{"Item":{"pk":{"S":"partitions"},"sk":{"S":"older"},"from":{"S":"long ago"}}}""") : null,
            });
        using var client = listener.CreateClient();
        var hours = NewHours(client);
        using var watch = NewWatch(hours);

        await watch.StartAsync(None);
        await Eventually.HoldsAsync(() => _time.Waits == 1);
        isThere = false;
        _time.Advance(TimeSpan.FromMinutes(1));
        await Eventually.HoldsAsync(() => _time.Waits == 2);

        Assert.False(watch.ExecuteTask!.IsCompleted);
        Assert.Equal([_hour], await hours.InAsync(_hour.AddDays(-1), _time.GetUtcNow(), None));
        await watch.StopAsync(None);
    }

    private Task<TableListener> ListenAsync(Func<HeardCall, Task>? before = null) => TableListener.StartBeforeAsync(fixture.Backends.DynamoDb.Endpoint, before);

    /// <summary>Of a process of its own.</summary>
    private OlderHours NewHours(ITableClient? table = null) => new StoreParts(table ?? fixture.Table, _time, tableName: _table).Older;

    private OlderHoursWatch NewWatch(OlderHours hours) => new(hours, _time, NullLogger<OlderHoursWatch>.Instance);

    /// <returns>Hours since one.</returns>
    private static async Task<IEnumerable<int>> SinceAsync(OlderHours hours, DateTimeOffset since, DateTimeOffset until, int from = 0) =>
        (await hours.InAsync(since.AddHours(from), until, None)).Select(hour => (int)(hour - since).TotalHours);
}
