using System.Diagnostics;
using System.Text.Json;
using Waybill.Notifications.Json;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Batching;
using Waybill.Notifications.StatusApi.Events;
using Waybill.Notifications.Telemetry;
using Waybill.ServiceDefaults.Problems;
using Waybill.StatusService.Endpoints.Pacing;
using Waybill.StatusService.Events;
using Waybill.StatusService.Problems;
using Waybill.StatusService.Store.Table;
using Waybill.StatusService.Transitions;

namespace Waybill.StatusService.InternalApi.Batching;

/// <summary>
/// Does what one call asks for: the transitions of the internal API, by their names. 200 with the record when it applied, 409 with the record
/// as it is when the condition failed, 404 when there is none, 400 when the body is not what is asked for, 422 when the record cannot be read
/// or written as it is, 503 when the table gives no answer.
/// </summary>
internal sealed partial class BatchedCalls(
    IntakeTransitions intake,
    DispatcherTransitions dispatcher,
    ClaimTransition claim,
    WorkerTransitions worker,
    ClientTransitions client,
    EventTransitions events,
    CallTickets tickets,
    ILogger<TableUnavailableFilter> tableLogger,
    ILogger<BatchedCalls> logger)
{
    /// <summary>Nothing is left half done because a caller hangs up.</summary>
    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly NotificationsJson Json = NotificationsJson.Default;

    /// <summary>In a span of its own, below that of the caller.</summary>
    public async Task<BatchedResponse> AnswerAsync(BatchedCall call)
    {
        _ = ActivityContext.TryParse(call.Traceparent, null, isRemote: true, out var parent);
        using var span = WaybillTelemetry.Source.StartActivity(call.Transition, ActivityKind.Server, parent);

        var result = await GuardedAsync(call);
        var status = ((IStatusCodeHttpResult)result).StatusCode ?? StatusCodes.Status200OK;
        span?.SetTag("http.response.status_code", status);

        return new BatchedResponse(status, result is TableUnavailableFilter.Unavailable { NothingWritten: true }, call.Minimal && status == StatusCodes.Status200OK ? null : BodyOf(result));
    }

    private async Task<IResult> GuardedAsync(BatchedCall call)
    {
        try
        {
            return await RunAsync(call.Id, call.Transition, call.Body);
        }
        catch (JsonException exception)
        {
            return InternalResults.Of(exception);
        }
        catch (RecordTroubleException trouble)
        {
            return InternalResults.Of(trouble);
        }
        catch (TableUnavailableException exception)
        {
            TableUnavailableFilter.Tell(tableLogger, exception);
            return new TableUnavailableFilter.Unavailable(exception.NothingWritten);
        }
        catch (Exception exception)
        {
            // A defect, which must not take the others' answers with it.
            Log.Failed(logger, call.Transition, exception);
            return TypedResults.InternalServerError();
        }
    }

    private async Task<IResult> RunAsync(string id, string transition, ReadOnlyMemory<byte> body) => transition switch
    {
        StatusClient.Accept => InternalResults.Of(await intake.AcceptAsync(Contract.Read(body, Json.AcceptRequest), None)),
        StatusClient.AcceptEvent => InternalResults.Of(await events.AcceptAsync(Contract.Read(body, Json.AcceptEventRequest), None)),
        StatusClient.FinishFanOut => InternalResults.Of(await events.FinishAsync(id, None)),
        StatusClient.Queued => InternalResults.Of(await intake.QueueAsync(id, None)),
        StatusClient.RollBack => InternalResults.Of(await intake.RollBackAsync(id, Contract.Read(body, Json.RollBackRequest), None)),
        StatusClient.Dispatch => InternalResults.Of(await dispatcher.DispatchAsync(id, Contract.Read(body, Json.DispatchRequest), None)),
        StatusClient.Claim => InternalResults.Of(await claim.ClaimAsync(id, Contract.Read(body, Json.ClaimRequest), None)),
        StatusClient.TakeTickets => InternalResults.Of(await tickets.TakeAsync(id, Contract.Read(body, Json.TicketsRequest), None)),
        StatusClient.Release => InternalResults.Of(await worker.ReleaseAsync(id, Contract.Read(body, Json.ReleaseRequest), None)),
        StatusClient.Result => await RecordAsync(id, Contract.Read(body, Json.ResultRequest)),
        StatusClient.Cancel => InternalResults.Of(await client.CancelAsync(id, None)),
        StatusClient.Redeliver => InternalResults.Of(await client.RedeliverAsync(id, None)),
        StatusClient.RedeliverByJob => InternalResults.Of(await client.RedeliverByJobAsync(id, Contract.Read(body, Json.RedeliverByJobRequest), None)),
        _ => Problem.NotFound(),
    };

    private async Task<IResult> RecordAsync(string id, ResultRequest request) => ResultCheck.Errors(request) is { Count: > 0 } errors
        ? Problem.Validation(errors)
        : InternalResults.Of(await worker.ResultAsync(id, request, None));

    private static byte[]? BodyOf(IResult result) => (result as IValueHttpResult)?.Value switch
    {
        Notifications.Records.NotificationRecord record => JsonSerializer.SerializeToUtf8Bytes(record, Json.NotificationRecord),
        ClaimResponse answer => JsonSerializer.SerializeToUtf8Bytes(answer, Json.ClaimResponse),
        TicketsResponse answer => JsonSerializer.SerializeToUtf8Bytes(answer, Json.TicketsResponse),
        AcceptEventResponse answer => JsonSerializer.SerializeToUtf8Bytes(answer, Json.AcceptEventResponse),
        { } problem => JsonSerializer.SerializeToUtf8Bytes(problem, problem.GetType(), JsonSerializerOptions.Web),
        null => null,
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Transition} failed.")]
        public static partial void Failed(ILogger logger, string transition, Exception exception);
    }
}

/// <param name="Body">JSON; null for none.</param>
internal sealed record BatchedResponse(int Status, bool NothingWritten, byte[]? Body);
