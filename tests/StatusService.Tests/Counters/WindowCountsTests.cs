using Waybill.StatusService.Counters;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Tests.Support;

namespace Waybill.StatusService.Tests.Counters;

/// <summary>Rules out that what happened at the edge of minutes and hours is counted twice, or not, in some window.</summary>
[Collection(StatusCollection.Name)]
public sealed class WindowCountsTests(StatusFixture fixture) : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly CounterPeriod Minute = CounterPeriod.Minute;
    private static readonly CounterPeriod Hour = CounterPeriod.Hour;
    private static readonly DateTimeOffset Begun = CounterPeriod.Hour.StartOf(DateTimeOffset.UtcNow);

    private readonly WatchedTime _time = new(Begun);
    private readonly Random _random = new(15);
    private readonly List<DateTimeOffset> _events = [];
    private string _table = "";

    private DateTimeOffset Now => _time.GetUtcNow();

    public async Task InitializeAsync() => _table = await fixture.NewTableAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_window_has_what_happened_in_it_once()
    {
        await HappenAsync();

        for (var number = 0; number < 150; number++)
        {
            var from = Moment(Begun - Hour.Length, Now);
            await ExpectAsync(from, Moment(from, Now));
            await ExpectAsync(from, Now);
        }
    }

    /// <summary>Up to six hours by minutes, and beyond by hours.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(59)]
    [InlineData(6 * 60)]
    [InlineData((6 * 60) + 1)]
    [InlineData(24 * 60)]
    [InlineData(2 * 24 * 60)]
    [InlineData(3 * 24 * 60)]
    public async Task So_does_one_until_now(int minutes)
    {
        await HappenAsync();

        await ExpectAsync(Now.AddMinutes(-minutes), Now);
        await ExpectAsync(Hour.StartOf(Now).AddMinutes(-minutes), Hour.StartOf(Now));
    }

    [Fact]
    public async Task Minutes_that_were_removed_are_missed_by_nobody()
    {
        await HappenAsync();
        var old = Minute.StartOf(Now - Minute.Kept);

        foreach (var time in _events.Where(time => time < old).Select(Minute.StartOf).Distinct())
        {
            var items = await fixture.Backends.DynamoDbClient.QueryAsync(new()
            {
                TableName = _table,
                KeyConditionExpression = "pk = :pk AND begins_with(sk, :sk)",
                ExpressionAttributeValues = new() { [":pk"] = StoredValue.Of(CounterItem.Partition("alice")), [":sk"] = StoredValue.Of(Minute.Text(time)) },
            });

            foreach (var item in items.Items)
            {
                await fixture.Backends.DynamoDbClient.DeleteItemAsync(_table, new() { ["pk"] = item["pk"], ["sk"] = item["sk"] });
            }
        }

        for (var number = 0; number < 50; number++)
        {
            var from = Moment(Begun, Now);
            await ExpectAsync(from, Moment(from, Now));
        }
    }

    /// <summary>Three days and a bit, with more at the edges of minutes and hours than elsewhere.</summary>
    private async Task HappenAsync()
    {
        var parts = NewParts();
        var end = Begun.AddDays(3).AddMinutes(37.3);
        TimeSpan[] edges = [TimeSpan.Zero, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(-1), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1)];

        var times = Enumerable.Range(0, 76)
            .SelectMany(hour => edges.Select(edge => Begun.AddHours(hour) + edge))
            .Concat(Enumerable.Range(0, 200).Select(_ => Moment(Begun, end)))
            .Where(time => time >= Begun && time < end)
            .Order();

        foreach (var time in times)
        {
            _time.SetUtcNow(time);
            _events.Add(time);
            parts.Counters.Count("alice", tally => tally.Accept("a.example"));
        }

        _time.SetUtcNow(end);
        var writer = parts.CreateCounterWriter();
        await Task.WhenAll(CounterPeriod.All.Select(period => writer.WriteAsync(period, None)));
    }

    private async Task ExpectAsync(DateTimeOffset from, DateTimeOffset to)
    {
        if (from >= to)
        {
            return;
        }

        var window = await new WindowCounts(NewParts().CounterReader, _time).ReadAsync("alice", from, to, None);

        // A piece is counted whole: its start is taken back to where the piece begins, and its end forward to where the last one ends.
        var hasMinutes = Minute.StartOf(from) > Now - Minute.Kept;
        var first = hasMinutes ? Minute : Hour;
        var last = Hour.StartOf(to) > Now - Minute.Kept || (hasMinutes && to - from <= TimeSpan.FromHours(6)) ? Minute : Hour;
        var expected = _events.Count(time => first.StartOf(time) >= first.StartOf(from) && last.StartOf(time) < to);
        Assert.True(expected == window.Total.Accepted, $"{window.Total.Accepted} of {expected} from {from:dd HH:mm:ss.fff} to {to:dd HH:mm:ss.fff}, now {Now:dd HH:mm:ss.fff}");
        Assert.Equal(window.Total.Accepted, window.Pieces.Sum(piece => piece.Value.Accepted));
    }

    /// <summary>Often at the edge of a minute or an hour.</summary>
    private DateTimeOffset Moment(DateTimeOffset from, DateTimeOffset to)
    {
        var time = from + ((to - from) * _random.NextDouble());
        var edge = _random.Next(4) switch { 0 => Minute.StartOf(time), 1 => Hour.StartOf(time), 2 => time, _ => Hour.StartOf(time).AddMilliseconds(_random.Next(-1, 2)) };
        return edge < from ? from : edge;
    }

    private StoreParts NewParts() => new(fixture.Table, _time, tableName: _table);
}
