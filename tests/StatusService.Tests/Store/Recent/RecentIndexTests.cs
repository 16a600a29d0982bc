using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Partitions;
using Waybill.StatusService.Store.Recent;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Store.Recent;

/// <summary>Rules out that records of this release and of those before 0.2 hide each other, or come in another order than one list.</summary>
[Collection(StatusCollection.Name)]
public sealed class RecentIndexTests(StatusFixture fixture) : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly DateTimeOffset _hour = IndexPartition.HourOf(DateTimeOffset.UtcNow).AddHours(-6);
    private readonly List<Stored> _all = [];
    private string _table = "";
    private StoreParts _parts = null!;
    private OlderRecords _older = null!;

    public async Task InitializeAsync()
    {
        _table = await fixture.NewTableAsync();
        _parts = new StoreParts(fixture.Table, tableName: _table);
        _older = new OlderRecords(fixture, _table);

        // Whichever hour of this window has some: it is not known yet.
        await _older.SetKnownAsync(null);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Both_shapes_are_one_list_newest_first()
    {
        await PutSomeAsync();

        Assert.Equal(Expected(_ => true), await IdsAsync(null));
    }

    /// <summary>Once the hours are known those without older records are not read for them any more.</summary>
    [Fact]
    public async Task They_are_the_same_list_once_it_is_known_which_hours_have_older_records()
    {
        await PutSomeAsync();
        var hours = _all.Where(stored => stored.IsOlder).Select(stored => IndexPartition.HourOf(stored.CreatedAt)).Distinct().Order();
        await _older.SetKnownAsync(new KnownHours(DateTimeOffset.UnixEpoch, IndexPartition.HourOf(DateTimeOffset.UtcNow), [.. hours], 1));

        Assert.Equal(Expected(_ => true), await IdsAsync(null));
    }

    /// <summary>Older partitions are everybody's, which who reads the records sees.</summary>
    [Fact]
    public async Task An_owner_has_its_own_and_among_the_older_ones_everybodys()
    {
        await PutSomeAsync();

        Assert.Equal(Expected(stored => stored.IsOlder || stored.Owner == "alice"), await IdsAsync("alice"));
        Assert.Equal(Expected(stored => stored.IsOlder), await IdsAsync("carol"));
    }

    [Fact]
    public async Task From_each_place_the_list_goes_on_with_what_comes_after_it()
    {
        await PutSomeAsync();
        var entries = await EntriesAsync(null, RecentPosition.Before(Milliseconds(_hour.AddHours(5))), _hour);

        foreach (var (index, entry) in entries.Index())
        {
            var rest = await EntriesAsync(null, RecentPosition.After(entry), _hour);

            Assert.Equal(entries.Skip(index + 1), rest);
        }
    }

    [Fact]
    public async Task A_window_ends_where_it_says_in_both_shapes()
    {
        await PutSomeAsync();
        var (from, to) = (_hour.AddHours(1).AddMinutes(10), _hour.AddHours(2).AddMinutes(20));

        var entries = await EntriesAsync(null, RecentPosition.Before(Milliseconds(to)), from);

        Assert.Equal(Expected(stored => stored.CreatedAt >= from && stored.CreatedAt < to), entries.Select(entry => entry.Id));
    }

    /// <summary>More than one answer holds, in one millisecond and around it, however few are wanted at a time.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task Many_of_one_millisecond_in_both_shapes_come_once_each(int wanted)
    {
        for (var number = 0; number < 150; number++)
        {
            await PutAsync(_hour.AddMilliseconds(number < 130 ? 50 : number), "alice", isOlder: false);
            await PutAsync(_hour.AddMilliseconds(number < 130 ? 50 : number), "bob", isOlder: true);
        }

        Assert.Equal(Expected(_ => true), await IdsAsync(null, wanted));
    }

    private static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    /// <summary>Hours with the one, the other, both and none, some of them in the same millisecond.</summary>
    private async Task PutSomeAsync()
    {
        foreach (var minute in new[] { 0, 10, 20, 20, 59 })
        {
            await PutAsync(_hour.AddMinutes(minute), "alice", isOlder: true);
            await PutAsync(_hour.AddHours(1).AddMinutes(minute), "alice", isOlder: minute < 20);
            await PutAsync(_hour.AddHours(1).AddMinutes(minute), "bob", isOlder: minute >= 20);
            await PutAsync(_hour.AddHours(2).AddMinutes(minute), "bob", isOlder: false);
            await PutAsync(_hour.AddHours(4).AddMinutes(minute), "alice", isOlder: minute == 20);
            await PutAsync(_hour.AddHours(4).AddMinutes(minute), "alice", isOlder: false);
            await PutAsync(_hour.AddHours(4).AddMinutes(minute), "bob", isOlder: minute == 20);
        }
    }

    private async Task PutAsync(DateTimeOffset createdAt, string owner, bool isOlder)
    {
        _all.Add(new Stored(isOlder ? await _older.PutAsync(createdAt, owner) : await PutAsync(createdAt, owner), createdAt, owner, isOlder));
    }

    private async Task<string> PutAsync(DateTimeOffset createdAt, string owner)
    {
        var item = StateItem.New(Submissions.New(owner: owner), createdAt, createdAt);
        IndexKeys.AddTo(item);
        await IndexKeys.NoteAsync(_parts.Directory, item);
        await fixture.Backends.DynamoDbClient.PutItemAsync(_table, item);
        return item[StoredNames.Id].S;
    }

    private IEnumerable<string> Expected(Func<Stored, bool> isListed) => _all
        .Where(isListed)
        .Select(stored => new IndexEntry(stored.Id, Milliseconds(stored.CreatedAt)))
        .OrderByDescending(entry => entry.Milliseconds)
        .ThenByDescending(entry => entry.Tie, StringComparer.Ordinal)
        .Select(entry => entry.Id);

    private async Task<string[]> IdsAsync(string? owner, int wanted = 100) =>
        [.. (await EntriesAsync(owner, RecentPosition.Before(Milliseconds(_hour.AddHours(5))), _hour, wanted)).Select(entry => entry.Id)];

    private async Task<IndexEntry[]> EntriesAsync(string? owner, RecentPosition start, DateTimeOffset from, int wanted = 100)
    {
        // Of a process that knows nothing yet.
        var recent = new StoreParts(fixture.Table, tableName: _table).Recent;
        return start.Newest < Milliseconds(from)
            ? []
            : await recent.ReadAsync(new IndexScope(owner), start, Milliseconds(from), wanted, None).SelectMany(page => page.Entries).ToArrayAsync();
    }

    private sealed record Stored(string Id, DateTimeOffset CreatedAt, string Owner, bool IsOlder);
}
