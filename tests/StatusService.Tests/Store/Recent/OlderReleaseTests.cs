using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Partitions;
using Waybill.StatusService.Store.Recent;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Store.Recent;

/// <summary>Rules out that what a release before 0.2 has stored, or does to records while both run, is found by no way but the list of all, or found twice.</summary>
[Collection(StatusCollection.Name)]
public sealed class OlderReleaseTests(StatusFixture fixture) : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>With older records.</summary>
    private readonly DateTimeOffset _hour = IndexPartition.HourOf(DateTimeOffset.UtcNow).AddHours(-6);

    private string _table = "";
    private StoreParts _parts = null!;
    private OlderRecords _older = null!;

    public async Task InitializeAsync()
    {
        _table = await fixture.NewTableAsync();
        _parts = new StoreParts(fixture.Table, tableName: _table);
        _older = new OlderRecords(fixture, _table);
        await _older.SetKnownAsync(new KnownHours(DateTimeOffset.UnixEpoch, IndexPartition.HourOf(DateTimeOffset.UtcNow), [_hour], 1));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_failure_of_an_earlier_release_is_found_by_each_filter_of_failures()
    {
        var id = await _older.PutAsync(_hour.AddMinutes(1), change: Fail);
        await _older.PutAsync(_hour.AddMinutes(2), owner: "bob", change: Fail);
        await _older.PutAsync(_hour.AddMinutes(3));

        Assert.Equal([id], await FindAsync(Failures with { Owner = "alice" }));
        Assert.Equal([id], await FindAsync(Failures with { Owner = "alice", Host = "127.0.0.1:9", Category = DeliveryCategory.ServerError }));
        Assert.Empty(await FindAsync(Failures with { Owner = "alice", Host = "other.example" }));
        Assert.Empty(await FindAsync(Failures with { Owner = "alice", From = _hour.AddMinutes(2) }));
    }

    [Fact]
    public async Task What_an_earlier_release_has_stored_and_this_one_has_failed_is_found_once()
    {
        var id = await _older.PutAsync(_hour.AddMinutes(1), change: item =>
        {
            Fail(item);
            var shard = item[StoredNames.CreatedShard];
            IndexKeys.AddTo(item);
            item[StoredNames.CreatedShard] = shard;
        });
        await NoteFailedAsync(_hour);

        Assert.Equal([id], await FindAsync(Failures));
    }

    [Fact]
    public async Task What_this_release_has_stored_and_an_earlier_one_has_failed_is_found_while_both_run()
    {
        var id = await _older.PutAsync(_hour.AddMinutes(1), change: item =>
        {
            IndexKeys.AddTo(item);
            Fail(item);
        });
        await _parts.Directory.NoteAsync(TableDefinition.Recent, new IndexPartition(_hour, 0, "alice"), None);

        Assert.Equal([id], await FindAsync(Failures));
        Assert.Equal([id], await FindAsync(Failures with { Owner = "alice" }));
    }

    [Fact]
    public async Task A_correlation_id_finds_those_of_both_once()
    {
        var older = await _older.PutAsync(_hour.AddMinutes(1));
        var newer = await _older.PutAsync(_hour.AddMinutes(2), change: item =>
        {
            IndexKeys.AddTo(item);
            item[StoredNames.Correlation] = StoredValue.Of(StateItem.CorrelationKey("alice", "order-4711"));
        });
        await _parts.Directory.NoteAsync(TableDefinition.Recent, new IndexPartition(_hour, 0, "alice"), None);

        Assert.Equal([newer, older], await FindAsync(All with { Owner = "alice", CorrelationId = "order-4711" }));
    }

    /// <summary>As one that an earlier release has redelivered is, which knows nothing of that index.</summary>
    [Fact]
    public async Task What_is_delivered_is_no_failure_any_more()
    {
        var situation = new Situation(fixture.Backends.DynamoDbClient);
        var id = await situation.Of(FromState.Processing, item =>
        {
            item[StoredNames.FailedShard] = StoredValue.Of(new IndexPartition(_hour, 0, "alice").Key);
            item[StoredNames.FailedAt] = StoredValue.Of(FailedKey.First(0));
        });

        await fixture.Status.Client.ResultAsync(id, new ResultRequest(Situation.LeaseToken, 0, Results.Success(), null), None);
        var item = await situation.Read(id);

        Assert.DoesNotContain(StoredNames.FailedShard, item!.Keys);
        Assert.DoesNotContain(StoredNames.FailedAt, item.Keys);
    }

    private RecordFilter All => new() { From = _hour, To = _hour.AddHours(1) };

    private RecordFilter Failures => All with { Status = NotificationStatus.Failed, Final = true };

    private static void Fail(Item item)
    {
        item[StoredNames.Status] = StoredValue.Of(NotificationStatus.Failed.Text());
        item[StoredNames.DeliveryResult] = StoredValue.Of(ResultMap.Write(Results.ServerError()));
        item.Remove(StoredNames.DueShard);
        item.Remove(StoredNames.DueAt);
    }

    private Task NoteFailedAsync(DateTimeOffset hour) =>
        _parts.Directory.NoteAsync(TableDefinition.Failed, new IndexPartition(hour, 0, "alice"), None);

    private async Task<string[]> FindAsync(RecordFilter filter)
    {
        var found = new List<string>();

        for (var cursor = filter.Start(DateTimeOffset.UtcNow); cursor is not null;)
        {
            var walk = await _parts.Walks.WalkAsync(filter, cursor, 100, None);
            found.AddRange(walk.Records.Select(record => record.Id));
            cursor = walk.End;
        }

        return [.. found];
    }
}
