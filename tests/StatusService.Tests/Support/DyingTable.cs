using Amazon.DynamoDBv2.Model;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Tests.Support;

/// <summary>The table of a process that dies at one of its writes: neither that one nor any after it gets through.</summary>
/// <param name="last">How many get through.</param>
/// <param name="answerIsLost">Whether the write at which it dies is the last one that got through, and only its answer never came.</param>
internal sealed class DyingTable(ITableClient table, int last, bool answerIsLost) : ITableClient
{
    private int _writes;

    /// <summary>Whether it died.</summary>
    public bool IsDead => Volatile.Read(ref _writes) > last || (answerIsLost && Volatile.Read(ref _writes) == last);

    public Task<WriteResult> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default) =>
        WriteAsync(() => table.PutItemAsync(request, cancellationToken));

    public Task<WriteResult> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default) =>
        WriteAsync(() => table.UpdateItemAsync(request, cancellationToken));

    public Task<ItemRead> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default) => table.GetItemAsync(request, cancellationToken);

    public Task<ItemsRead> BatchGetItemAsync(BatchGetItemRequest request, CancellationToken cancellationToken = default) => table.BatchGetItemAsync(request, cancellationToken);

    public Task<ItemPage> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default) => table.QueryAsync(request, cancellationToken);

    public void Dispose()
    {
    }

    private async Task<WriteResult> WriteAsync(Func<Task<WriteResult>> write)
    {
        var number = Interlocked.Increment(ref _writes);

        if (number > last)
        {
            throw new ProcessDiedException();
        }

        var result = await write();
        return answerIsLost && number == last ? throw new ProcessDiedException() : result;
    }
}

/// <summary>Nobody catches it, as nobody does anything any more.</summary>
internal sealed class ProcessDiedException : Exception;
