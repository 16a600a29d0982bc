using Amazon.DynamoDBv2.Model;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Tests.Support;

/// <summary>A table whose calls and units are added up, as its answers tell them.</summary>
internal sealed class CountedTable(ITableClient table) : ITableClient
{
    public double ReadUnits { get; private set; }

    public double WriteUnits { get; private set; }

    /// <summary>Refused ones, too, whose units no answer tells.</summary>
    public int Writes { get; private set; }

    public void Reset() => (ReadUnits, WriteUnits, Writes) = (0, 0, 0);

    public Task<WriteResult> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default) => WriteAsync(table.PutItemAsync(request, cancellationToken));

    public Task<WriteResult> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default) => WriteAsync(table.UpdateItemAsync(request, cancellationToken));

    public Task<ItemRead> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default) => ReadAsync(table.GetItemAsync(request, cancellationToken));

    public Task<ItemsRead> BatchGetItemAsync(BatchGetItemRequest request, CancellationToken cancellationToken = default) => ReadAsync(table.BatchGetItemAsync(request, cancellationToken));

    public Task<ItemPage> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default) => ReadAsync(table.QueryAsync(request, cancellationToken));

    public void Dispose()
    {
    }

    private async Task<T> ReadAsync<T>(Task<T> read)
        where T : TableResult
    {
        var result = await read;
        ReadUnits += result.Units;
        return result;
    }

    private async Task<WriteResult> WriteAsync(Task<WriteResult> write)
    {
        var result = await write;
        WriteUnits += result.Units;
        Writes++;
        return result;
    }
}
