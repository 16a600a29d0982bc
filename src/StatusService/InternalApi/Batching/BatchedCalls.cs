using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Waybill.Notifications.Json;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Batching;
using Waybill.Notifications.Telemetry;
using Waybill.ServiceDefaults.Problems;
using Waybill.StatusService.Store;
using Waybill.StatusService.Transitions;

namespace Waybill.StatusService.InternalApi.Batching;

/// <summary>Does what one call of a batch asks for: the transitions of the internal API, under their paths.</summary>
internal sealed partial class BatchedCalls(
    IntakeTransitions intake,
    DispatcherTransitions dispatcher,
    ClaimTransition claim,
    WorkerTransitions worker,
    ClientTransitions client,
    ILogger<TableUnavailableFilter> tableLogger,
    ILogger<BatchedCalls> logger)
{
    private const string AcceptPath = StatusRoutes.Prefix + StatusRoutes.Notifications;

    private static readonly NotificationsJson Json = NotificationsJson.Default;

    /// <summary>In a span of its own, below that of the caller, as if it had come alone.</summary>
    public async Task<BatchedAnswer> AnswerAsync(BatchedCall call)
    {
        var (id, transition) = Parts(call.Path);
        _ = ActivityContext.TryParse(call.Traceparent, null, isRemote: true, out var parent);
        using var span = WaybillTelemetry.Source.StartActivity(SpanName(transition), ActivityKind.Server, parent);

        var result = await ResultAsync(id, transition, call.Body);
        var status = ((IStatusCodeHttpResult)result).StatusCode ?? StatusCodes.Status200OK;
        span?.SetTag("http.response.status_code", status);

        return new BatchedAnswer(status, result is Unavailable { NothingWritten: true }, call.Minimal && status == StatusCodes.Status200OK ? null : BodyOf(result));
    }

    private async Task<IResult> ResultAsync(string id, string? transition, ReadOnlyMemory<byte> body)
    {
        try
        {
            return await RunAsync(id, transition, body);
        }
        catch (JsonException exception)
        {
            return Problem.Create(StatusCodes.Status400BadRequest, "malformed-json", "The body is not what this transition takes.", exception.Message);
        }
        catch (TableUnavailableException exception)
        {
            TableUnavailableFilter.Tell(tableLogger, exception);
            return new Unavailable(exception.NothingWritten);
        }
        catch (Exception exception)
        {
            // A defect, which must not take the others' answers with it.
            Log.Failed(logger, transition, exception);
            return TypedResults.InternalServerError();
        }
    }

    private Task<IResult> RunAsync(string id, string? transition, ReadOnlyMemory<byte> body) => transition switch
    {
        null => InternalApiEndpoints.Accept(Read(body, Json.AcceptRequest), intake),
        StatusRoutes.Queued => InternalApiEndpoints.Queued(id, intake),
        StatusRoutes.RollBack => InternalApiEndpoints.RollBack(id, Read(body, Json.RollBackRequest), intake),
        StatusRoutes.Redispatch => InternalApiEndpoints.Redispatch(id, Read(body, Json.RedispatchRequest), dispatcher),
        StatusRoutes.Abandon => InternalApiEndpoints.Abandon(id, Read(body, Json.AbandonRequest), dispatcher),
        StatusRoutes.Claim => InternalApiEndpoints.Claim(id, Read(body, Json.ClaimRequest), claim),
        StatusRoutes.Release => InternalApiEndpoints.Release(id, Read(body, Json.ReleaseRequest), worker),
        StatusRoutes.Result => InternalApiEndpoints.Result(id, Read(body, Json.ResultRequest), worker),
        StatusRoutes.Cancel => InternalApiEndpoints.Cancel(id, client),
        StatusRoutes.Redeliver => InternalApiEndpoints.Redeliver(id, client),
        StatusRoutes.RedeliverByJob => InternalApiEndpoints.RedeliverByJob(id, Read(body, Json.RedeliverByJobRequest), client),
        _ => Task.FromResult<IResult>(Problem.NotFound()),
    };

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

    private static T Read<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(body.Span, type) ?? throw new JsonException("The body is null.");

    private static byte[]? BodyOf(IResult result) => (result as IValueHttpResult)?.Value switch
    {
        Notifications.Records.NotificationRecord record => JsonSerializer.SerializeToUtf8Bytes(record, Json.NotificationRecord),
        ClaimAnswer answer => JsonSerializer.SerializeToUtf8Bytes(answer, Json.ClaimAnswer),
        { } problem => JsonSerializer.SerializeToUtf8Bytes(problem, problem.GetType(), JsonSerializerOptions.Web),
        null => null,
    };

    /// <summary>The table gave no answer.</summary>
    private sealed record Unavailable(bool NothingWritten) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => StatusCodes.Status503ServiceUnavailable;

        public Task ExecuteAsync(HttpContext httpContext) => throw new NotSupportedException("It goes into the answer of a batch.");
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Transition} failed.")]
        public static partial void Failed(ILogger logger, string? transition, Exception exception);
    }
}

/// <param name="Body">JSON; null for none.</param>
internal sealed record BatchedAnswer(int Status, bool NothingWritten, byte[]? Body);
