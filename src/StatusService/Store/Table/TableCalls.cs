using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Waybill.Notifications.Telemetry;

namespace Waybill.StatusService.Store.Table;

/// <summary>
/// Calls to the table with retries of their own, because only they know whether a try may have been written although its
/// answer was lost. The client's own retries are off.
/// </summary>
internal sealed class TableCalls(TimeProvider time, Random random)
{
    private const int Tries = 3;
    private static readonly string[] AboutTheItem = ["ValidationException", "SerializationException", "ItemCollectionSizeLimitExceededException"];
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    /// <exception cref="TableUnavailableException">No try was answered, or each with a refusal that a later one may not meet.</exception>
    /// <exception cref="AmazonServiceException">The table does not take what is asked for (<see cref="IsAboutTheItem"/>), or nobody here knows its answer.</exception>
    /// <param name="operation">The DynamoDB operation, for the span.</param>
    public async Task<T> Call<T>(string operation, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
        where T : TableResult
    {
        using var span = WaybillTelemetry.Source.StartActivity($"DynamoDB {operation}", ActivityKind.Client);
        span?.SetTag("db.system.name", "aws.dynamodb");
        span?.SetTag("db.operation.name", operation);

        var nothingWritten = true;

        for (var number = 1; ; number++)
        {
            try
            {
                var answer = await call(cancellationToken);
                Consumption.Note(operation, answer);
                return answer;
            }
            catch (Exception exception) when (IsTrouble(exception, cancellationToken))
            {
                nothingWritten &= WasRefused(exception);

                if (number == Tries)
                {
                    span?.SetStatus(ActivityStatusCode.Error, exception.Message);
                    throw new TableUnavailableException(nothingWritten, exception);
                }

                await PauseAsync(number, cancellationToken);
            }
        }
    }

    public Task<WriteResult> PutAsync(ITableClient client, PutItemRequest put, CancellationToken cancellationToken) =>
        Call("PutItem", token => client.PutItemAsync(put, token), cancellationToken);

    public Task<WriteResult> UpdateAsync(ITableClient client, UpdateItemRequest update, CancellationToken cancellationToken) =>
        Call("UpdateItem", token => client.UpdateItemAsync(update, token), cancellationToken);

    /// <summary>For <see cref="ElapsedSince"/>.</summary>
    public long Now => time.GetTimestamp();

    public TimeSpan ElapsedSince(long begun) => time.GetElapsedTime(begun);

    /// <summary>Before what was not answered, or in part only, is asked for again: longer each time, and for everybody another time.</summary>
    /// <param name="number">How often it has been asked, from 1.</param>
    public Task PauseAsync(int number, CancellationToken cancellationToken)
    {
        var pause = FirstPause * Math.Pow(3, Math.Min(number, Tries) - 1);
        return Task.Delay((pause < LongestPause ? pause : LongestPause) * (0.5 + random.NextDouble()), time, cancellationToken);
    }

    private static bool IsTrouble(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        ResourceNotFoundException => true,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        AmazonServiceException service => IsThrottled(service) || CallerErrors.Contains(service.ErrorCode) || (int)service.StatusCode is 0 or >= 500,
        AmazonClientException or HttpRequestException or IOException or TimeoutException => true,
        _ => false,
    };

    private static bool WasRefused(Exception exception) =>
        exception is CredentialsUnavailableException
        || exception is ResourceNotFoundException
        || (exception is AmazonServiceException service && (IsThrottled(service) || CallerErrors.Contains(service.ErrorCode)))
        || Inner(exception).Any(inner => inner is SocketException { SocketErrorCode: SocketError.ConnectionRefused });

    /// <summary>The table's word about what was asked for, whoever asks and whenever, such as an item that would be too large. Nothing was written.</summary>
    public static bool IsAboutTheItem(AmazonServiceException exception) => AboutTheItem.Contains(exception.ErrorCode);

    private static bool IsThrottled(AmazonServiceException exception) =>
        exception is ProvisionedThroughputExceededException or RequestLimitExceededException
        || exception.ErrorCode == "ThrottlingException"
        || exception.StatusCode == HttpStatusCode.TooManyRequests;

    private static IEnumerable<Exception> Inner(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }
}

/// <summary>The table gave no answer, after retries.</summary>
/// <param name="nothingWritten">True: the table took none of the tries. False: one may have been written.</param>
public sealed class TableUnavailableException(bool nothingWritten, Exception inner)
    : Exception($"The table cannot be reached: {inner.Message}", inner)
{
    public bool NothingWritten => nothingWritten;
}
