using MassTransit;
using Waybill.DeliveryWorker.Fairness;
using Waybill.DeliveryWorker.Pacing;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Queue;
using Waybill.Notifications.Records;
using Waybill.Notifications.Telemetry;

namespace Waybill.DeliveryWorker.Delivery;

/// <summary>
/// One delivery: wait in the line of an endpoint with a rate of its own and in the host's, claim, wait for the rate, pass the host's gate, send, decide, record. Before the call a failure is thrown and the queue brings
/// the message back; the call's failure is an outcome; after it the result is recorded, or the message comes back to find the
/// lease in its way.
/// </summary>
public sealed partial class DeliverNotificationConsumer(
    Claimer claimer,
    EndpointPacers pacers,
    HostGates gates,
    HttpAttempt attempt,
    ResultRecorder recorder,
    IHostApplicationLifetime lifetime,
    Random random,
    ILogger<DeliverNotificationConsumer> logger) : IConsumer<DeliverNotification>
{
    /// <summary>For what another worker, or this one, can take at once.</summary>
    private static readonly TimeSpan ReturnSoon = TimeSpan.FromSeconds(1);

    private bool IsDraining => lifetime.ApplicationStopping.IsCancellationRequested;

    public async Task Consume(ConsumeContext<DeliverNotification> context)
    {
        var id = context.Message.NotificationId;
        WaybillTelemetry.Identify(id);
        using var scope = logger.BeginScope(new Dictionary<string, object> { [WaybillTelemetry.NotificationId] = id });

        using var pacing = await pacers.TakeTurnAsync(context.Message.Target?.Endpoint.Id, lifetime.ApplicationStopping) ?? throw new DrainingException(id);
        using var turn = await gates.TakeTurnAsync(context.Message.Host, lifetime.ApplicationStopping) ?? throw new DrainingException(id);

        if (await claimer.ClaimAsync(id, context.Message.Target, context.CancellationToken) is { } claim)
        {
            await DeliverAsync(claim, pacing);
        }
    }

    private async Task DeliverAsync(ClaimedDelivery claim, PacedTurn pacing)
    {
        var record = claim.Granted.Record;
        WaybillTelemetry.Identify(record.Id, record.CorrelationId);
        using var scope = logger.BeginScope(new Dictionary<string, object?> { [WaybillTelemetry.CorrelationId] = record.CorrelationId });

        switch (await EnterAsync(claim, pacing))
        {
            case Admission.Granted granted when claim.HasTimeForTheCall:
                await CallAsync(claim, granted.Pass);
                break;

            case Admission.Granted granted:
                granted.Pass.Dispose();
                await claimer.ReleaseAsync(claim, ReturnSoon);
                break;

            case Admission.Refused refused:
                await claimer.ReleaseAsync(claim, IsDraining ? ReturnSoon : refused.DueIn, refused.Reason);
                break;
        }
    }

    /// <summary>The rate before the host's gate, where a call that waits counts as one under way. Who waited so long there that its time is over waits for another.</summary>
    private async Task<Admission> EnterAsync(ClaimedDelivery claim, PacedTurn pacing)
    {
        while (true)
        {
            if (await pacing.WaitAsync(claim.Granted) is { } refused)
            {
                return refused;
            }

            var admission = await gates.EnterAsync(claim.Granted.Record);

            if (admission is not Admission.Granted granted || !claim.HasTimeForTheCall || pacing.IsInTime)
            {
                return admission;
            }

            granted.Pass.Dispose();
        }
    }

    private async Task CallAsync(ClaimedDelivery claim, HostPass pass)
    {
        var record = claim.Granted.Record;
        var outcome = await SendAsync(claim, pass);
        var decision = Decision.Of(record, outcome, random.NextDouble());
        var recording = await recorder.RecordAsync(claim, decision);

        Tell(record, decision, recording);

        if (recording == Recording.Failed)
        {
            throw new ResultNotRecordedException(record.Id);
        }
    }

    private async Task<AttemptOutcome> SendAsync(ClaimedDelivery claim, HostPass pass)
    {
        using (pass)
        {
            var outcome = await attempt.MakeAsync(claim.Granted);
            pass.Report(outcome);
            WaybillMetrics.AttemptMade(outcome.Classification.Category, pass.HostClass, outcome.Milliseconds);
            return outcome;
        }
    }

    private void Tell(NotificationRecord record, Decision decision, Recording recording)
    {
        var result = decision.Result;
        var host = TargetUrl.TryCreate(record.Url, out var url) ? url.IdnHost : "";

        Log.Attempted(
            logger, record.Id, result.Attempt, result.Category.Text(), result.StatusCode, result.ErrorDetails?.Code, host,
            result.ResponseTime, decision.RetryDelay?.TotalSeconds, recording);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information,
            "{NotificationId} attempt {Attempt}: {Category} {StatusCode} {ErrorCode} from {Host} in {Milliseconds} ms, retry in {RetrySeconds} s, {Recording}")]
        public static partial void Attempted(
            ILogger logger, string notificationId, int attempt, string category, int? statusCode, string? errorCode, string host,
            double milliseconds, double? retrySeconds, Recording recording);
    }
}
