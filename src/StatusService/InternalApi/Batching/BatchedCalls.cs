using System.Diagnostics;
using System.Text.Json;
using Waybill.Notifications.Json;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Batching;
using Waybill.Notifications.Telemetry;
using Waybill.ServiceDefaults.Problems;
using Waybill.StatusService.Store;
using Waybill.StatusService.Transitions;

namespace Waybill.StatusService.InternalApi.Batching;

/// <summary>Does what one call asks for, alone or in a batch: the transitions of the internal API, by their names.</summary>
internal sealed partial class BatchedCalls(
    IntakeTransitions intake,
    DispatcherTransitions dispatcher,
    ClaimTransition claim,
    WorkerTransitions worker,
    ClientTransitions client,
    ILogger<TableUnavailableFilter> tableLogger,
    ILogger<BatchedCalls> logger)
{
    /// <summary>Nothing is left half done because a caller hangs up.</summary>
    private static readonly CancellationToken None = CancellationToken.None;

    private const string AcceptPath = StatusRoutes.Prefix + StatusRoutes.Notifications;

    private static readonly NotificationsJson Json = NotificationsJson.Default;

    /// <summary>What can be asked for of one notification.</summary>
    public static IReadOnlyList<string> Transitions { get; } =
    [
        StatusRoutes.Queued, StatusRoutes.RollBack, StatusRoutes.Redispatch, StatusRoutes.Abandon, StatusRoutes.Claim, StatusRoutes.Release,
        StatusRoutes.Result, StatusRoutes.Cancel, StatusRoutes.Redeliver, StatusRoutes.RedeliverByJob,
    ];

    /// <summary>In a span of its own, below that of the caller, as if it had come alone.</summary>
    public async Task<BatchedAnswer> AnswerAsync(BatchedCall call)
    {
        var (id, transition) = Parts(call.Path);
        _ = ActivityContext.TryParse(call.Traceparent, null, isRemote: true, out var parent);
        using var span = WaybillTelemetry.Source.StartActivity(SpanName(transition), ActivityKind.Server, parent);

        var result = await GuardedAsync(id, transition, call.Body);
        var status = ((IStatusCodeHttpResult)result).StatusCode ?? StatusCodes.Status200OK;
        span?.SetTag("http.response.status_code", status);

        return new BatchedAnswer(status, result is TableUnavailableFilter.Unavailable { NothingWritten: true }, call.Minimal && status == StatusCodes.Status200OK ? null : BodyOf(result));
    }

    /// <param name="transition">One of <see cref="Transitions"/>; null for Accept, whose id is in its body.</param>
    public async Task<IResult> ResultAsync(string id, string? transition, ReadOnlyMemory<byte> body)
    {
        try
        {
            return await RunAsync(id, transition, body);
        }
        catch (JsonException exception)
        {
            return Answer.Of(exception);
        }
        catch (RecordTroubleException trouble)
        {
            return Answer.Of(trouble);
        }
        catch (TableUnavailableException exception)
        {
            TableUnavailableFilter.Tell(tableLogger, exception);
            return new TableUnavailableFilter.Unavailable(exception.NothingWritten);
        }
    }

    private async Task<IResult> GuardedAsync(string id, string? transition, ReadOnlyMemory<byte> body)
    {
        try
        {
            return await ResultAsync(id, transition, body);
        }
        catch (Exception exception)
        {
            // A defect, which must not take the others' answers with it.
            Log.Failed(logger, transition, exception);
            return TypedResults.InternalServerError();
        }
    }

    private async Task<IResult> RunAsync(string id, string? transition, ReadOnlyMemory<byte> body) => transition switch
    {
        null => Answer.Of(await intake.AcceptAsync(Contract.Read(body, Json.AcceptRequest), None)),
        StatusRoutes.Queued => Answer.Of(await intake.QueueAsync(id, None)),
        StatusRoutes.RollBack => Answer.Of(await intake.RollBackAsync(id, Contract.Read(body, Json.RollBackRequest), None)),
        StatusRoutes.Redispatch => Answer.Of(await dispatcher.RedispatchAsync(id, Contract.Read(body, Json.RedispatchRequest), None)),
        StatusRoutes.Abandon => Answer.Of(await dispatcher.AbandonAsync(id, Contract.Read(body, Json.AbandonRequest), None)),
        StatusRoutes.Claim => Answer.Of(await claim.ClaimAsync(id, Contract.Read(body, Json.ClaimRequest), None)),
        StatusRoutes.Release => Answer.Of(await worker.ReleaseAsync(id, Contract.Read(body, Json.ReleaseRequest), None)),
        StatusRoutes.Result => await RecordAsync(id, Contract.Read(body, Json.ResultRequest)),
        StatusRoutes.Cancel => Answer.Of(await client.CancelAsync(id, None)),
        StatusRoutes.Redeliver => Answer.Of(await client.RedeliverAsync(id, None)),
        StatusRoutes.RedeliverByJob => Answer.Of(await client.RedeliverByJobAsync(id, Contract.Read(body, Json.RedeliverByJobRequest), None)),
        _ => Problem.NotFound(),
    };

    private async Task<IResult> RecordAsync(string id, ResultRequest request) => ResultCheck.Errors(request) is { Count: > 0 } errors
        ? Problem.Validation(errors)
        : Answer.Of(await worker.ResultAsync(id, request, None));

    /// <returns>No transition for Accept, whose id is in its body.</returns>
    private static (string Id, string? Transition) Parts(string path)
    {
        if (path == AcceptPath)
        {
            return ("", null);
        }

        var parts = path.StartsWith(AcceptPath + "/", StringComparison.Ordinal) ? path[(AcceptPath.Length + 1)..].Split('/') : [];
        return parts.Length == 2 ? (parts[0], parts[1]) : ("", "");
    }

    private static string SpanName(string? transition) => transition is null ? $"POST {AcceptPath}" : $"POST {AcceptPath}/{{id}}/{transition}";

    private static byte[]? BodyOf(IResult result) => (result as IValueHttpResult)?.Value switch
    {
        Notifications.Records.NotificationRecord record => JsonSerializer.SerializeToUtf8Bytes(record, Json.NotificationRecord),
        ClaimAnswer answer => JsonSerializer.SerializeToUtf8Bytes(answer, Json.ClaimAnswer),
        { } problem => JsonSerializer.SerializeToUtf8Bytes(problem, problem.GetType(), JsonSerializerOptions.Web),
        null => null,
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Transition} failed.")]
        public static partial void Failed(ILogger logger, string? transition, Exception exception);
    }
}

/// <param name="Body">JSON; null for none.</param>
internal sealed record BatchedAnswer(int Status, bool NothingWritten, byte[]? Body);
