using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Counters;

/// <summary>
/// Writes down what this process counts: the minutes every few seconds, the hours every minute, and all of it when the service stops. What a
/// process that dies had not written is lost to the counts, and to nothing else.
/// </summary>
internal sealed partial class CounterWriter(
    CounterBook book,
    ITableClient dynamoDb,
    TableCalls table,
    IOptions<TableOptions> options,
    TimeProvider time,
    ILogger<CounterWriter> logger) : BackgroundService
{
    /// <summary>Writes at a time: the table has better things to do.</summary>
    private const int AtATime = 4;

    /// <summary>Tells the items of one process from those of others, and of the one before.</summary>
    private readonly string _process = Guid.NewGuid().ToString("N")[..12];

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(CounterPeriod.All.Select(period => WriteAsync(period, cancellationToken)));
    }

    /// <summary>Writes what has changed in pieces of a length.</summary>
    public async Task WriteAsync(CounterPeriod period, CancellationToken cancellationToken)
    {
        try
        {
            await Parallel.ForEachAsync(
                book.Changed(period),
                new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken },
                async (write, token) => await WriteAsync(write, token));
        }
        catch (TableUnavailableException exception)
        {
            // All of it is written the next time.
            Log.Waits(logger, exception.Message);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(CounterPeriod.All.Select(period => WriteAgainAndAgainAsync(period, stoppingToken)));

    private async Task WriteAgainAndAgainAsync(CounterPeriod period, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(period.WrittenEvery, time);

        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await WriteAsync(period, stoppingToken);
                book.Forget();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // StopAsync writes the rest.
        }
    }

    private async Task WriteAsync(CounterWrite write, CancellationToken cancellationToken)
    {
        var (owner, period, start) = write.Key;
        var put = new PutItemRequest
        {
            TableName = options.Value.Name,
            Item = CounterItem.Write(CounterItem.Key(owner, period, start, _process), write.Tally, write.Number, write.Key.End + period.Kept),
            ConditionExpression = "attribute_not_exists(#number) OR #number < :number",
            ExpressionAttributeNames = new() { ["#number"] = StoredNames.Counter.Number },
            ExpressionAttributeValues = new() { [":number"] = StoredValue.Of(write.Number) },
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        };

        try
        {
            // Refused, a later write of ours is there already.
            await table.PutAsync(dynamoDb, put, cancellationToken);
            book.Written(write);
        }
        catch (Exception exception) when (exception is not (TableUnavailableException or OperationCanceledException))
        {
            // Nobody else's counts wait for these, which are tried again with them.
            Log.IsNotTaken(logger, exception, CounterItem.Partition(owner), period.Text(start));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Counts are not written for now; they are kept. {Reason}")]
        public static partial void Waits(ILogger logger, string reason);

        [LoggerMessage(LogLevel.Error, "{Counters} of {Piece} are not taken by the table; they are kept.")]
        public static partial void IsNotTaken(ILogger logger, Exception exception, string counters, string piece);
    }
}
