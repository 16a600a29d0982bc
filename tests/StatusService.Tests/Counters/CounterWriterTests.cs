using Waybill.StatusService.Counters;
using Waybill.StatusService.Store.Table;
using Waybill.StatusService.Tests.Store.Table;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Counters;

/// <summary>Rules out a count that is taken twice or lost, whatever becomes of its writes, but for the last seconds of a process that is killed.</summary>
[Collection(StatusCollection.Name)]
public sealed class CounterWriterTests(StatusFixture fixture) : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly CounterPeriod Minute = CounterPeriod.Minute;
    private static readonly CounterPeriod Hour = CounterPeriod.Hour;

    private readonly DateTimeOffset _start = CounterPeriod.Hour.StartOf(DateTimeOffset.UtcNow);
    private readonly WatchedTime _time = new(CounterPeriod.Hour.StartOf(DateTimeOffset.UtcNow));
    private string _table = "";

    public async Task InitializeAsync() => _table = await fixture.NewTableAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task What_happens_is_found_in_its_minute_and_its_hour_by_owner_and_for_all()
    {
        var process = NewProcess();
        _time.Advance(TimeSpan.FromMinutes(59.9));
        Accept(process, 2, "alice");
        Accept(process, 1, "bob");
        _time.Advance(TimeSpan.FromMinutes(0.2));
        Accept(process, 4, "alice");

        await WriteAllAsync(process.CreateCounterWriter());

        Assert.Equal([(59, 2L), (60, 4L)], await PiecesAsync(Minute, "alice"));
        Assert.Equal([(59, 1L)], await PiecesAsync(Minute, "bob"));
        Assert.Equal([(59, 3L), (60, 4L)], await PiecesAsync(Minute, null));
        Assert.Equal([(0, 2L), (60, 4L)], await PiecesAsync(Hour, "alice"));
        Assert.Equal([(0, 3L), (60, 4L)], await PiecesAsync(Hour, null));
        Assert.Empty(await PiecesAsync(Hour, "carol"));
    }

    [Fact]
    public async Task All_that_is_counted_comes_back_from_the_table()
    {
        var process = NewProcess();
        process.Counters.Count("alice", tally =>
        {
            tally.Accept("a.example:8443");
            tally.Accept("");
            tally.Accept("[::1]:9");
            tally.Succeed("a.example:8443", 1234);
            tally.Fail("größe.example", Notifications.Records.DeliveryCategory.ClientError);
            tally.Attempt(3);
            tally.Redeliver();
        });

        await WriteAllAsync(process.CreateCounterWriter());

        var tally = Assert.Single(await process.CounterReader.ReadAsync("alice", Minute, _start, _start.AddHours(1), None)).Value;
        Assert.Equal((3, 1, 3, 1), (tally.Accepted, tally.Succeeded, tally.Attempts, tally.Redelivered));
        Assert.Equal(("CLIENT_ERROR", 1), Assert.Single(tally.Failed.Select(failed => (failed.Key, failed.Value))));
        Assert.Equal(
            [("", 1, 0, 0), ("[::1]:9", 1, 0, 0), ("a.example:8443", 1, 1, 0), ("größe.example", 0, 0, 1)],
            tally.Hosts.OrderBy(host => host.Key, StringComparer.Ordinal).Select(host => (host.Key, host.Value.Accepted, host.Value.Succeeded, host.Value.Failed)));
        Assert.InRange(tally.Latency.Percentile(0.5)!.Value, 1234 * 0.9, 1234 * 1.1);
    }

    [Fact]
    public async Task What_has_not_changed_is_not_written_again()
    {
        await using var listener = await ListenAsync();
        using var client = listener.CreateClient();
        var process = NewProcess(client);
        var writer = process.CreateCounterWriter();
        Accept(process, 3);

        await WriteAllAsync(writer);
        await WriteAllAsync(writer);

        Assert.Equal(4, listener.Calls.Count);
    }

    /// <summary>The first answer of each write is lost after the table took it: the second try is refused by the item that it wrote itself.</summary>
    [Fact]
    public async Task A_write_whose_answer_is_lost_counts_once()
    {
        var lost = new HashSet<string>();
        await using var listener = await TableListener.StartBeforeAsync(fixture.Backends.DynamoDb.Endpoint, after: (call, answer) =>
        {
            lock (lost)
            {
                return lost.Add(call.Text) ? GivenAnswer.Unavailable : answer;
            }
        });
        using var client = listener.CreateClient();
        var process = NewProcess(client);
        var writer = process.CreateCounterWriter();

        Accept(process, 3);
        await WriteAllAsync(writer);
        Accept(process, 4);
        await WriteAllAsync(writer);

        Assert.Equal(8, lost.Count);
        Assert.Equal([(0, 7L)], await PiecesAsync(Minute));
        Assert.Equal([(0, 7L)], await PiecesAsync(Hour));
    }

    [Fact]
    public async Task A_write_that_was_never_answered_counts_once_too()
    {
        var isDown = true;
        await using var listener = await TableListener.StartBeforeAsync(fixture.Backends.DynamoDb.Endpoint, after: (_, answer) => isDown ? GivenAnswer.Unavailable : answer);
        using var client = listener.CreateClient();
        var process = NewProcess(client);
        var writer = process.CreateCounterWriter();
        Accept(process, 3);
        await WriteAllAsync(writer);
        Assert.Equal([(0, 3L)], await PiecesAsync(Minute, null));

        isDown = false;
        await WriteAllAsync(writer);

        Assert.Equal([(0, 3L)], await PiecesAsync(Minute, null));
        Assert.Equal([(0, 3L)], await PiecesAsync(Hour, null));
    }

    [Fact]
    public async Task Race_of_a_late_copy_of_a_write_against_the_next()
    {
        await using var listener = await ListenAsync();
        using var client = listener.CreateClient();
        var process = NewProcess(client);
        var writer = process.CreateCounterWriter();
        Accept(process, 3);
        await WriteAllAsync(writer);
        Accept(process, 4);
        await WriteAllAsync(writer);

        foreach (var call in listener.Calls.Take(4))
        {
            Assert.Equal(400, (await TableListener.SendAgainAsync(fixture.Backends.DynamoDb.Endpoint, call)).Status);
        }

        Assert.Equal([(0, 7L)], await PiecesAsync(Minute));
        Assert.Equal([(0, 7L)], await PiecesAsync(Hour, null));
    }

    [Fact]
    public async Task Processes_add_up()
    {
        foreach (var times in new[] { 1, 10, 100 })
        {
            var process = NewProcess();
            Accept(process, times);
            await WriteAllAsync(process.CreateCounterWriter());
        }

        Assert.Equal([(0, 111L)], await PiecesAsync(Minute));
        Assert.Equal([(0, 111L)], await PiecesAsync(Hour, null));
    }

    [Fact]
    public async Task More_than_one_answer_holds_is_all_there()
    {
        var process = NewProcess();

        for (var minute = 0; minute < 120; minute++)
        {
            for (var number = 0; number < 50; number++)
            {
                var host = $"{new string('h', 200)}{number}.example";
                process.Counters.Count("alice", tally => tally.Accept(host));
            }

            _time.Advance(TimeSpan.FromMinutes(1));
        }

        await WriteAllAsync(process.CreateCounterWriter());

        Assert.Equal(Enumerable.Repeat(50L, 120), (await PiecesAsync(Minute)).Select(piece => piece.Accepted));
        Assert.Equal([3000L, 3000L], (await PiecesAsync(Hour)).Select(piece => piece.Accepted));
    }

    [Fact]
    public async Task Minutes_are_written_every_5_seconds_and_hours_every_minute()
    {
        var process = NewProcess();
        using var writer = await StartAsync(process);
        Accept(process, 1);

        for (var counted = 1; counted < 12; counted++)
        {
            _time.Advance(Minute.WrittenEvery);
            await BecomesAsync(Minute, counted);
            Assert.Empty(await PiecesAsync(Hour));
            Accept(process, 1);
        }

        _time.Advance(Minute.WrittenEvery);
        await BecomesAsync(Hour, 12);
        await BecomesAsync(Minute, 12);
        await writer.StopAsync(None);
    }

    [Fact]
    public async Task At_the_end_of_the_service_all_is_written()
    {
        var process = NewProcess();
        using var writer = await StartAsync(process);
        Accept(process, 3);

        await writer.StopAsync(None);

        Assert.Equal([(0, 3L)], await PiecesAsync(Minute));
        Assert.Equal([(0, 3L)], await PiecesAsync(Hour));
    }

    /// <summary>It writes nothing any more, as a process that is killed does not; another one comes.</summary>
    [Fact]
    public async Task A_process_that_is_killed_loses_its_last_5_seconds_and_of_its_hours_its_last_minute()
    {
        var killed = NewProcess();
        using var writer = await StartAsync(killed);
        Accept(killed, 100);
        _time.Advance(Hour.WrittenEvery - Minute.WrittenEvery);
        await BecomesAsync(Minute, 100);
        _time.Advance(Minute.WrittenEvery);
        await BecomesAsync(Hour, 100);
        Accept(killed, 10);
        _time.Advance(Minute.WrittenEvery);
        await BecomesAsync(Minute, 110);
        Accept(killed, 1);

        var next = NewProcess();
        Accept(next, 1000);
        await WriteAllAsync(next.CreateCounterWriter());

        Assert.Equal(1110, (await PiecesAsync(Minute)).Sum(piece => piece.Accepted));
        Assert.Equal(1100, (await PiecesAsync(Hour)).Sum(piece => piece.Accepted));
    }

    [Fact]
    public async Task What_is_counted_while_the_table_is_down_is_written_once_it_is_back()
    {
        var isDown = true;
        await using var listener = await TableListener.StartBeforeAsync(fixture.Backends.DynamoDb.Endpoint, instead: _ => isDown ? GivenAnswer.Unavailable : null);
        using var client = listener.CreateClient();
        var process = NewProcess(client);
        using var writer = await StartAsync(process);

        for (var minute = 0; minute < 3; minute++)
        {
            var heard = listener.Calls.Count;
            Accept(process, 2);
            _time.Advance(TimeSpan.FromMinutes(1));
            await Eventually.HoldsAsync(() => listener.Calls.Count > heard);
        }

        Assert.Empty(await PiecesAsync(Minute));
        isDown = false;
        await AdvanceUntilAsync(async () => (await PiecesAsync(Minute)).Length == 3 && (await PiecesAsync(Hour)).Length == 1);
        await writer.StopAsync(None);

        Assert.Equal([(0, 2L), (1, 2L), (2, 2L)], await PiecesAsync(Minute));
        Assert.Equal([(0, 6L)], await PiecesAsync(Hour));
    }

    [Fact]
    public async Task Counts_that_the_table_does_not_take_hold_up_no_others()
    {
        await using var listener = await TableListener.StartBeforeAsync(
            fixture.Backends.DynamoDb.Endpoint,
            instead: call => call.Text.Contains("\"counters bad\"", StringComparison.Ordinal) ? GivenAnswer.Invalid : null);
        using var client = listener.CreateClient();
        var process = NewProcess(client);
        using var writer = await StartAsync(process);

        for (var counted = 1; counted <= 2; counted++)
        {
            Accept(process, 1, "bad");
            Enumerable.Range(0, 20).ToList().ForEach(number => Accept(process, 1, $"good{number}"));

            await AdvanceUntilAsync(async () => (await PiecesAsync(Hour, null)).Sum(piece => piece.Accepted) == 21 * counted);

            foreach (var number in Enumerable.Range(0, 20))
            {
                Assert.Equal(counted, (await PiecesAsync(Minute, $"good{number}")).Sum(piece => piece.Accepted));
            }
        }

        Assert.Empty(await PiecesAsync(Minute, "bad"));
        await writer.StopAsync(None);
    }

    /// <summary>The next count would begin its piece anew, with fewer than what was written.</summary>
    [Fact]
    public async Task Race_of_a_clock_that_is_set_back_against_the_end_of_a_minute()
    {
        var process = NewProcess();
        using var writer = await StartAsync(process);
        Accept(process, 3);
        _time.Advance(TimeSpan.FromSeconds(61));
        await BecomesAsync(Minute, 3);
        await BecomesAsync(Hour, 3);

        _time.AdjustTime(_time.GetUtcNow() - TimeSpan.FromSeconds(2));
        Accept(process, 4);
        await writer.StopAsync(None);

        Assert.Equal([(0, 7L)], await PiecesAsync(Minute));
        Assert.Equal([(0, 7L)], await PiecesAsync(Hour));
    }

    [Fact]
    public async Task What_is_over_and_written_is_forgotten_and_so_is_what_nobody_could_read_any_more()
    {
        var process = NewProcess();
        Accept(process, 1);
        await process.CreateCounterWriter().WriteAsync(Minute, None);
        Assert.Equal(0, process.Counters.Forget());

        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(2, process.Counters.Forget());

        Accept(process, 1);
        _time.Advance(Minute.Kept);
        Assert.Equal(0, process.Counters.Forget());
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(2, process.Counters.Forget());

        _time.Advance(Hour.Kept);
        Assert.Equal(2, process.Counters.Forget());
        Assert.Empty(process.Counters.Changed(Minute).Concat(process.Counters.Changed(Hour)));
    }

    private static void Accept(StoreParts process, int times, string owner = "alice") =>
        Enumerable.Range(0, times).ToList().ForEach(_ => process.Counters.Count(owner, tally => tally.Accept("a.example")));

    private static Task WriteAllAsync(CounterWriter writer) => Task.WhenAll(CounterPeriod.All.Select(period => writer.WriteAsync(period, None)));

    private Task<TableListener> ListenAsync() => TableListener.StartBeforeAsync(fixture.Backends.DynamoDb.Endpoint);

    private StoreParts NewProcess(ITableClient? table = null) => new(table ?? fixture.Table, _time, tableName: _table);

    /// <summary>Returns once it waits for the clock.</summary>
    private async Task<CounterWriter> StartAsync(StoreParts process)
    {
        var writer = process.CreateCounterWriter();
        await writer.StartAsync(None);
        await Eventually.HoldsAsync(() => _time.Waits == CounterPeriod.All.Count);
        return writer;
    }

    /// <returns>Minutes since the start, and how many were accepted.</returns>
    private async Task<(int Minute, long Accepted)[]> PiecesAsync(CounterPeriod period, string? owner = "alice")
    {
        var pieces = await NewProcess().CounterReader.ReadAsync(owner, period, _start, _start.AddDays(3), None);
        return [.. pieces.OrderBy(piece => piece.Key).Select(piece => ((int)(piece.Key - _start).TotalMinutes, piece.Value.Accepted))];
    }

    private Task BecomesAsync(CounterPeriod period, long accepted) =>
        Eventually.BecomesAsync(async () => (await PiecesAsync(period)).Sum(piece => piece.Accepted), sum => sum == accepted);

    private Task AdvanceUntilAsync(Func<Task<bool>> condition) => Eventually.HoldsAsync(async () =>
    {
        _time.Advance(Minute.WrittenEvery);
        return await condition();
    });
}
