using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Time.Testing;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Callbacks;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Partitions;
using Waybill.StatusService.Store.Table;
using Waybill.StatusService.Tests.Store.Table;
using Waybill.StatusService.Tests.Support;
using Waybill.StatusService.Transitions;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Store.Partitions;

/// <summary>Rules out a record in a partition that nobody looks into, and that a note is paid for with each record.</summary>
[Collection(StatusCollection.Name)]
public sealed class PartitionDirectoryTests(StatusFixture fixture) : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly IndexDefinition Recent = TableDefinition.Recent;

    private readonly DateTimeOffset _hour = IndexPartition.HourOf(DateTimeOffset.UtcNow);
    private readonly FakeTimeProvider _time = new(IndexPartition.HourOf(DateTimeOffset.UtcNow));
    private string _table = "";

    public async Task InitializeAsync() => _table = await fixture.NewTableAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_record_is_written_once_its_partition_is_noted()
    {
        var release = new TaskCompletionSource();
        await using var listener = await ListenAsync(before: call => IsNote(call) ? release.Task : Task.CompletedTask);
        using var client = listener.CreateClient();

        var accepting = AcceptAsync(NewParts(client));
        await Eventually.HoldsAsync(() => Notes(listener) == 3);
        Assert.Equal(3, listener.Calls.Count);

        release.SetResult();
        var id = await accepting;

        Assert.Equal(["partitions", "partitions recent", "partitions recent alice"], listener.Calls.Where(IsNote).Select(Partition).Order(StringComparer.Ordinal));
        Assert.Equal(id, Partition(listener.Calls[^1]));
        Assert.Equal(Key(_hour, "alice"), (await StateAsync(id))![StoredNames.CreatedShard].S);
    }

    /// <summary>Whichever of the notes it is that fails.</summary>
    [Theory]
    [InlineData("\"partitions recent\"")]
    [InlineData("\"partitions recent alice\"")]
    [InlineData("\"owner alice\"")]
    public async Task A_record_whose_partition_cannot_be_noted_is_not_written_and_the_next_one_tries_again(string note)
    {
        var isDown = true;
        await using var listener = await ListenAsync(instead: call => isDown && call.Text.Contains(note, StringComparison.Ordinal) ? GivenAnswer.Unavailable : null);
        using var client = listener.CreateClient();
        var parts = NewParts(client);

        var trouble = await Assert.ThrowsAsync<TableUnavailableException>(() => AcceptAsync(parts));
        Assert.DoesNotContain(listener.Calls, call => !IsNote(call));
        Assert.False(trouble.NothingWritten);

        isDown = false;
        var id = await AcceptAsync(parts);

        Assert.NotNull(await StateAsync(id));
        Assert.Equal([Key(_hour, "alice")], await ReadAsync(Recent, "alice"));
        Assert.Equal(["alice"], await parts.Directory.OwnersAsync(None));
    }

    [Fact]
    public async Task What_fails_for_good_is_noted_before_and_stays_open_where_that_is_not_possible()
    {
        var isDown = true;
        await using var listener = await ListenAsync(instead: call => isDown && Partition(call) == "partitions failed alice" ? GivenAnswer.Unavailable : null);
        using var client = listener.CreateClient();
        var parts = NewParts(client);
        var worker = parts.Worker;
        var (id, token) = await ClaimedAsync(parts);
        var request = new ResultRequest(token, 0, Results.ClientError(), null);

        await Assert.ThrowsAsync<TableUnavailableException>(() => worker.ResultAsync(id, request, None));
        Assert.Equal(NotificationStatus.Processing.Text(), (await StateAsync(id))![StoredNames.Status].S);

        isDown = false;
        Assert.True((await worker.ResultAsync(id, request, None)).Applied);

        var state = (await StateAsync(id))!;
        Assert.Equal(Key(_hour, "alice"), state[StoredNames.FailedShard].S);
        Assert.Equal([Key(_hour, "alice")], await ReadAsync(TableDefinition.Failed, "alice"));
        Assert.Equal([Key(_hour, "alice")], await ReadAsync(TableDefinition.Failed, null));
    }

    /// <summary>Between the two the clock goes on: rules out a failure of one hour in a partition of the next, where nobody finds it.</summary>
    [Fact]
    public async Task Race_of_a_failure_against_the_turn_of_the_hour()
    {
        var parts = NewParts();
        var (id, token) = await ClaimedAsync(parts);
        _time.SetUtcNow(_hour.AddHours(1).AddMilliseconds(-1));
        _time.AutoAdvanceAmount = TimeSpan.FromSeconds(1);

        // Who reads the owner's callbacks by another clock leaves the last moment of the hour to the failure.
        var callbacks = new CallbackSubscriptions(parts.Endpoints, TimeProvider.System);
        await new WorkerTransitions(parts.Store, callbacks, parts.Health, _time, parts.Options).ResultAsync(id, new ResultRequest(token, 0, Results.ClientError(), null), None);

        var state = (await StateAsync(id))!;
        var failedAt = DateTimeOffset.FromUnixTimeMilliseconds(FailedKey.Parse(state[StoredNames.FailedAt].S).FailedAt);
        Assert.Equal(_hour, IndexPartition.HourOf(failedAt));
        Assert.Equal(Key(_hour, "alice"), state[StoredNames.FailedShard].S);
        Assert.Equal([Key(_hour, "alice")], await ReadAsync(TableDefinition.Failed, "alice"));
    }

    [Fact]
    public async Task A_process_notes_a_partition_once_however_many_come_at_once()
    {
        await using var listener = await ListenAsync();
        using var client = listener.CreateClient();
        var parts = NewParts(client);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => AcceptAsync(parts)));
        await AcceptAsync(parts);
        Assert.Equal(3, Notes(listener));

        await AcceptAsync(parts, "bob");
        Assert.Equal(6, Notes(listener));

        _time.Advance(TimeSpan.FromHours(1));
        await AcceptAsync(parts);
        await AcceptAsync(parts);
        Assert.Equal(8, Notes(listener));

        await AcceptAsync(NewParts(client));
        Assert.Equal(11, Notes(listener));
    }

    /// <summary>Rules out that the failure is kept, and told to one who comes long after.</summary>
    [Fact]
    public async Task A_note_that_fails_after_those_who_wanted_it_gave_up_is_tried_again()
    {
        using var table = new HeldTable();
        var directory = NewParts(table).Directory;
        using var gaveUp = new CancellationTokenSource();
        var partition = new IndexPartition(_hour, 0, "alice");

        // On threads of the pool, as in the service: what waits for a write there goes on at once.
        var noting = Task.Run(() => directory.NoteAsync(Recent, partition, gaveUp.Token));
        await Eventually.HoldsAsync(() => table.Puts.Count == 3);
        await gaveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => noting);
        await Task.Run(() => table.Puts.ForEach(put => put.SetException(new InvalidOperationException("It is refused."))));

        var again = Task.Run(() => directory.NoteAsync(Recent, partition, None));
        await Eventually.HoldsAsync(() => again.IsCompleted || table.Puts.Count == 6);
        table.Puts.Skip(3).ToList().ForEach(put => put.SetResult(new WriteResult(true, null)));

        await again;
    }

    [Fact]
    public async Task Partitions_are_read_by_owner_and_by_time_newest_first()
    {
        var directory = NewParts().Directory;
        var hours = Enumerable.Range(0, 5).Select(number => _hour.AddHours(-number)).ToArray();

        foreach (var (hour, shard, owner) in new[] { (0, 0, "alice"), (1, 0, "bob"), (1, 0, "alice"), (1, 3, "alice"), (3, 0, "alice"), (4, 0, "alice"), (4, 0, "alice's other") })
        {
            await directory.NoteAsync(Recent, new IndexPartition(hours[hour], shard, owner), None);
        }

        Assert.Equal([Key(hours[0], "alice"), Key(hours[1], "alice", 3), Key(hours[1], "alice"), Key(hours[3], "alice")], await ReadAsync(Recent, "alice", hours[3], hours[0]));
        Assert.Equal([Key(hours[1], "alice", 3), Key(hours[1], "alice")], await ReadAsync(Recent, "alice", hours[2].AddMinutes(1), hours[1].AddMinutes(59)));
        Assert.Equal([Key(hours[1], "alice", 3), Key(hours[1], "bob"), Key(hours[1], "alice")], await ReadAsync(Recent, null, hours[2], hours[1]));
        Assert.Empty(await ReadAsync(Recent, "alice", hours[2], hours[2].AddMinutes(59)));
        Assert.Empty(await ReadAsync(Recent, "carol"));
        Assert.Empty(await ReadAsync(TableDefinition.Failed, "alice"));
        Assert.Equal(["bob", "alice's other", "alice"], await directory.OwnersAsync(None));
    }

    [Fact]
    public async Task More_partitions_than_one_answer_holds_are_all_read()
    {
        var directory = NewParts().Directory;
        var hours = Enumerable.Range(0, 450).Select(number => _hour.AddHours(-number)).ToArray();

        await Parallel.ForEachAsync(hours, async (hour, token) => await directory.NoteAsync(Recent, new IndexPartition(hour, 0, "alice"), token));

        Assert.Equal(hours.Select(hour => Key(hour, "alice")), await ReadAsync(Recent, "alice", hours[^1], _hour));
        Assert.Equal(hours.Select(hour => Key(hour, "alice")), await ReadAsync(Recent, null, hours[^1], _hour));
    }

    /// <summary>A process runs for months: rules out that it remembers every hour of them.</summary>
    [Fact]
    public async Task Hours_that_are_long_over_are_forgotten_and_would_be_noted_again()
    {
        await using var listener = await ListenAsync();
        using var client = listener.CreateClient();
        var directory = NewParts(client).Directory;
        var first = new IndexPartition(_hour, 0, "alice");
        await directory.NoteAsync(Recent, first, None);

        _time.Advance(TimeSpan.FromHours(2));
        await directory.NoteAsync(Recent, new IndexPartition(_hour.AddHours(2), 0, "alice"), None);
        await directory.NoteAsync(Recent, first, None);
        Assert.Equal(5, Notes(listener));

        _time.Advance(TimeSpan.FromHours(2));
        await directory.NoteAsync(Recent, new IndexPartition(_hour.AddHours(4), 0, "alice"), None);
        await directory.NoteAsync(Recent, first, None);
        Assert.Equal(9, Notes(listener));
    }

    private static string Key(DateTimeOffset hour, string owner, int shard = 0) => new IndexPartition(hour, shard, owner).Key;

    private static bool IsNote(HeardCall call) => Partition(call).StartsWith(TableDefinition.Partitions, StringComparison.Ordinal);

    private static int Notes(TableListener listener) => listener.Calls.Count(IsNote);

    /// <summary>The partition key of what is written or read; empty where none is named so.</summary>
    private static string Partition(HeardCall call)
    {
        var members = System.Text.Json.Nodes.JsonNode.Parse(call.Body)!;
        return (string?)(members["Item"] ?? members["Key"])?[StoredNames.Id]?["S"] ?? "";
    }

    private Task<TableListener> ListenAsync(Func<HeardCall, Task>? before = null, Func<HeardCall, GivenAnswer?>? instead = null) =>
        TableListener.StartBeforeAsync(fixture.Backends.DynamoDb.Endpoint, before, instead: instead);

    private StoreParts NewParts(ITableClient? table = null) => new(table ?? fixture.Table, _time, tableName: _table);

    private async Task<string> AcceptAsync(StoreParts parts, string owner = "alice")
    {
        var request = Submissions.New(owner: owner);
        Assert.True((await parts.Store.InsertAsync(StateItem.New(request, _time.GetUtcNow(), _time.GetUtcNow()), None)).Applied);
        return request.Id;
    }

    private async Task<(string Id, string Token)> ClaimedAsync(StoreParts parts)
    {
        var request = Submissions.New();
        await new IntakeTransitions(parts.Store, _time, parts.Options).AcceptAsync(request, None);
        var (claim, _) = await parts.Claim.ClaimAsync(request.Id, new ClaimRequest("worker"), None);
        return (request.Id, claim!.Record.Lease!.Token);
    }

    private async Task<Item?> StateAsync(string id) => await NewParts().Store.GetItemAsync(id, None);

    private async Task<string[]> ReadAsync(IndexDefinition index, string? owner, DateTimeOffset? oldest = null, DateTimeOffset? newest = null)
    {
        var partitions = NewParts().Directory.ReadAsync(index, owner, oldest ?? _hour.AddDays(-1), newest ?? _hour.AddDays(1), None);
        return await partitions.Select(partition => partition.Key).ToArrayAsync();
    }

    /// <summary>Holds each write until it is told what becomes of it.</summary>
    private sealed class HeldTable : ITableClient
    {
        public List<TaskCompletionSource<WriteResult>> Puts { get; } = [];

        public Task<WriteResult> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default)
        {
            Puts.Add(new TaskCompletionSource<WriteResult>());
            return Puts[^1].Task;
        }

        public Task<WriteResult> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<ItemRead> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<ItemsRead> BatchGetItemAsync(BatchGetItemRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<ItemPage> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
