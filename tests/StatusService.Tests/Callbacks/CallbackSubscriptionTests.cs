using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.Endpoints;
using Waybill.StatusService.Callbacks;
using Waybill.StatusService.Store.Table;
using Waybill.StatusService.Tests.Support;

namespace Waybill.StatusService.Tests.Callbacks;

/// <summary>Rules out that failures of an owner without callbacks cost a read each, and that an endpoint for callbacks does not count.</summary>
[Collection(StatusCollection.Name)]
public sealed class CallbackSubscriptionTests(StatusFixture fixture) : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private CallbackTable _table = null!;
    private CountingTable _counted = null!;
    private StoreParts _parts = null!;

    public async Task InitializeAsync()
    {
        _table = await CallbackTable.CreateAsync(fixture);
        _counted = new CountingTable(fixture.Table);
        _parts = _table.CreateParts(_counted);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task An_owner_is_asked_about_once_in_five_seconds_however_much_fails()
    {
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => TakesAsync()));
        _table.Time.Advance(CallbackSubscriptions.CountsFor - TimeSpan.FromMilliseconds(1));
        Assert.False(await TakesAsync());
        Assert.Equal(1, _counted.Queries);

        _table.Time.Advance(TimeSpan.FromMilliseconds(1));
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => TakesAsync()));
        Assert.Equal(2, _counted.Queries);
    }

    [Fact]
    public async Task An_endpoint_counts_within_five_seconds_in_other_processes_and_at_once_here()
    {
        Assert.False(await TakesAsync());

        var endpoint = await _table.SubscribeAsync("waybill.notification.failed");

        Assert.True(await _table.Parts.Callbacks.TakesAsync(CallbackTable.Owner, CallbackTypes.NotificationFailed, None));
        Assert.False(await _table.Parts.Callbacks.TakesAsync(CallbackTable.Owner, CallbackTypes.NotificationSucceeded, None));
        Assert.False(await TakesAsync());
        _table.Time.Advance(CallbackSubscriptions.CountsFor);
        Assert.True(await TakesAsync());

        await _table.Parts.EndpointTransitions.DeleteAsync(new(new(CallbackTable.Owner, Tenants.Reserved, endpoint.Id)), None);

        Assert.False(await _table.Parts.Callbacks.TakesAsync(CallbackTable.Owner, CallbackTypes.NotificationFailed, None));
    }

    [Fact]
    public async Task What_could_not_be_read_is_asked_for_again()
    {
        _counted.IsDown = true;
        await Assert.ThrowsAsync<TableUnavailableException>(TakesAsync);

        _counted.IsDown = false;
        Assert.False(await TakesAsync());
    }

    [Fact]
    public async Task A_failure_of_an_owner_without_callbacks_is_written_as_it_was_before()
    {
        var failed = await _table.FailAsync(await _table.PostAsync());

        Assert.Null(failed.DueAt);
        Assert.Equal(0, (await _table.RunAsync()).Done);
    }

    private Task<bool> TakesAsync() => _parts.Callbacks.TakesAsync(CallbackTable.Owner, CallbackTypes.NotificationFailed, None);

    /// <summary>A table that counts what it is asked.</summary>
    private sealed class CountingTable(ITableClient table) : ITableClient
    {
        private int _queries;

        public int Queries => Volatile.Read(ref _queries);

        public bool IsDown { get; set; }

        public Task<ItemPage> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _queries);
            return IsDown ? throw new HttpRequestException("The table is away.") : table.QueryAsync(request, cancellationToken);
        }

        public Task<ItemRead> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default) => table.GetItemAsync(request, cancellationToken);

        public Task<ItemsRead> BatchGetItemAsync(BatchGetItemRequest request, CancellationToken cancellationToken = default) => table.BatchGetItemAsync(request, cancellationToken);

        public Task<WriteResult> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default) => table.PutItemAsync(request, cancellationToken);

        public Task<WriteResult> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default) => table.UpdateItemAsync(request, cancellationToken);

        public void Dispose()
        {
        }
    }
}
