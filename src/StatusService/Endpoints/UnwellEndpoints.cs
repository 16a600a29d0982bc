using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Endpoints;

/// <summary>
/// Finds the endpoints that are failing, paused or disabled: by the partitions of the due index where they stand, and nothing else. It costs half a read unit for each 4 KB
/// of keys, of which one has about 150 bytes, and half a unit for each endpoint that is shown; never what it would cost to look at those that are well.
/// </summary>
internal sealed class UnwellEndpoints(ITableClient dynamoDb, TableCalls table, EndpointStore store, TimeProvider time, IOptions<TableOptions> options)
{
    private const int PageSize = 500;

    /// <summary>Keys looked at for one answer, as an owner's stand among those of others; some 190 read units.</summary>
    private const int MostKeys = 10_000;

    /// <param name="owner">Null for those of all owners.</param>
    /// <returns>Those to whom something happened last first; with a limit or a bound in the way it is those that are to be looked at first.</returns>
    public async Task<UnwellList> ReadAsync(string? owner, int limit, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var found = new List<EndpointView>();
        var examined = 0;

        foreach (var shard in owner is null ? Shards.Watches : [Shards.Watch(owner)])
        {
            await foreach (var keys in KeysAsync(shard, cancellationToken))
            {
                examined += keys.Count;

                foreach (var wanted in keys.Where(key => owner is null || key.Owner == owner).Chunk(limit))
                {
                    found.AddRange((await store.FindManyAsync(wanted, cancellationToken)).Select(endpoint => EndpointView.Of(endpoint, now)).Where(IsUnwell));

                    if (found.Count > limit)
                    {
                        return List(found.Take(limit), complete: false);
                    }
                }

                if (examined >= MostKeys)
                {
                    return List(found, complete: false);
                }
            }
        }

        return List(found, complete: true);
    }

    /// <summary>The keys of one partition, page by page. The index may lag.</summary>
    private async IAsyncEnumerable<IReadOnlyList<EndpointKey>> KeysAsync(string shard, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = DueQuery.Of(options.Value.Name, shard);
        request.Limit = PageSize;

        do
        {
            var page = await table.Call("Query", token => dynamoDb.QueryAsync(request, token), cancellationToken);
            yield return [.. page.Items.Select(EndpointItem.ReadKey)];
            request.ExclusiveStartKey = page.Next;
        }
        while (request.ExclusiveStartKey is not null);
    }

    /// <summary>One that is well may stand there for a moment: as the index lags, or because something is still to be done about what it was.</summary>
    private static bool IsUnwell(EndpointView endpoint) =>
        endpoint.Status != EndpointStatus.Deleted && (endpoint.Status != EndpointStatus.Active || endpoint.FailingSince is not null);

    private static UnwellList List(IEnumerable<EndpointView> endpoints, bool complete) =>
        new([.. endpoints.OrderByDescending(endpoint => endpoint.Since ?? endpoint.FailingSince)], complete);
}

/// <param name="Complete">False: there are, or may be, more.</param>
internal sealed record UnwellList(IReadOnlyList<EndpointView> Items, bool Complete);
