using System.Diagnostics;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.Coalescing;
using Waybill.StatusService.Store.Items;

namespace Waybill.StatusService.Store.Table;

/// <summary>
/// Lets eventually consistent reads of single items that come while others are under way share a BatchGetItem. It costs the same read
/// units; those of all are told with the first item's answer. What DynamoDB leaves out of an answer is asked for again after a pause, with
/// whatever has come since; the others do not wait for it.
/// </summary>
internal sealed class ItemReads
{
    private const int AtATime = 2;

    /// <summary>As DynamoDB allows.</summary>
    private const int MaxItems = 100;

    private const string InvalidKey = "ValidationException";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(400);

    /// <summary>How long one read is asked for again: then the table is too busy for it.</summary>
    private static readonly TimeSpan LongestInParts = TimeSpan.FromSeconds(2);

    private readonly SignedCalls _calls;
    private readonly TimeProvider _time;
    private readonly Lanes<PendingRead> _lanes;

    public ItemReads(SignedCalls calls, TimeProvider time)
    {
        _calls = calls;
        _time = time;
        _lanes = new Lanes<PendingRead>(AtATime, MaxItems, MaxItems, static _ => 1, ReadAsync);
    }

    public Task<ItemRead> GetAsync(GetItemRequest request, CancellationToken cancellationToken)
    {
        var read = new PendingRead(request, Activity.Current, _time.GetTimestamp(), cancellationToken);
        _lanes.Add(read);
        return read.Answer.Task.WaitAsync(cancellationToken);
    }

    private async Task ReadAsync(IReadOnlyList<PendingRead> reads)
    {
        try
        {
            await (reads.Count == 1 ? ReadAloneAsync(reads[0]) : ReadTogetherAsync(reads));
        }
        catch (AmazonDynamoDBException exception) when (reads.Count > 1 && exception.ErrorCode == InvalidKey)
        {
            // A key that DynamoDB refuses is the fault of one; the others are not to suffer for it.
            await Task.WhenAll(reads.Select(read => ReadAsync([read])));
        }
        catch (Exception exception)
        {
            foreach (var read in reads)
            {
                read.Answer.TrySetException(exception);
            }
        }
    }

    private async Task ReadAloneAsync(PendingRead read)
    {
        Activity.Current = read.Span;
        read.Answer.TrySetResult(await _calls.SendAsync("GetItem", read.Request, RequestJson.Write, ResponseJson.ReadGet, CancellationToken.None));
    }

    private async Task ReadTogetherAsync(IReadOnlyList<PendingRead> reads)
    {
        Activity.Current = null;
        var byKey = reads.GroupBy(read => Name(read.Request.TableName, read.Request.Key)).ToDictionary(same => same.Key, same => same.ToList(), StringComparer.Ordinal);
        var answer = await _calls.SendAsync("BatchGetItem", Request(byKey.Values), RequestJson.Write, ResponseJson.ReadBatchGet, CancellationToken.None);
        var units = answer.Units;

        foreach (var (table, items) in answer.Items)
        {
            foreach (var item in items)
            {
                if (byKey.Remove(Name(table, item), out var same))
                {
                    Complete(same, item, units);
                    units = 0;
                }
            }
        }

        foreach (var (table, keys) in answer.Left)
        {
            foreach (var key in keys.Keys)
            {
                if (byKey.Remove(Name(table, key), out var same))
                {
                    same.ForEach(read => _ = AskAgainAsync(read));
                }
            }
        }

        // What there is not.
        foreach (var same in byKey.Values)
        {
            Complete(same, null, units);
            units = 0;
        }
    }

    /// <summary>Not in the lane it was in, which is free for others meanwhile.</summary>
    private async Task AskAgainAsync(PendingRead read)
    {
        if (read.CancellationToken.IsCancellationRequested)
        {
            return;
        }

        if (_time.GetElapsedTime(read.Begun) >= LongestInParts)
        {
            read.Answer.TrySetException(new ProvisionedThroughputExceededException("DynamoDB leaves the item out of each batch."));
            return;
        }

        var pause = FirstPause * Math.Pow(2, read.LeftOut++);
        await Task.Delay((pause < LongestPause ? pause : LongestPause) * (0.5 + Random.Shared.NextDouble()), _time, CancellationToken.None);
        _lanes.Add(read);
    }

    private static BatchGetItemRequest Request(IEnumerable<List<PendingRead>> keys) => new()
    {
        RequestItems = keys.Select(same => same[0].Request).GroupBy(request => request.TableName).ToDictionary(
            table => table.Key,
            table => new KeysAndAttributes { Keys = [.. table.Select(request => request.Key)] }),
        ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
    };

    private static void Complete(List<PendingRead> same, Item? item, double units)
    {
        foreach (var read in same)
        {
            read.Answer.TrySetResult(new ItemRead(item, units));
            units = 0;
        }
    }

    private static string Name(string table, Item item) => $"{table}\n{item[StoredNames.Id].S}\n{item[StoredNames.Kind].S}";

    /// <param name="Begun">When it was asked for.</param>
    private sealed record PendingRead(GetItemRequest Request, Activity? Span, long Begun, CancellationToken CancellationToken)
    {
        /// <summary>How often DynamoDB has left it out.</summary>
        public int LeftOut { get; set; }

        public TaskCompletionSource<ItemRead> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
