using System.Diagnostics;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Telemetry;

namespace Waybill.DeliveryWorker.Delivery;

/// <summary>
/// The span of one call: the HTTP client span of OpenTelemetry's conventions, as the handler makes none of its own.
/// The URL's path and query stay out of it: they may hold secrets.
/// </summary>
internal sealed class AttemptSpan : IDisposable
{
    private readonly Activity? _activity;

    private AttemptSpan(Activity? activity) => _activity = activity;

    public string? TraceId => _activity?.TraceId.ToHexString();

    public string? SpanId => _activity?.SpanId.ToHexString();

    /// <summary>W3C traceparent; null where nothing traces.</summary>
    public string? Traceparent => _activity?.Id;

    public static AttemptSpan Start(ClaimResponse claim)
    {
        var activity = WaybillTelemetry.Source.StartActivity("deliver", ActivityKind.Client);

        activity?.SetTag(WaybillTelemetry.NotificationId, claim.Record.Id);
        activity?.SetTag(WaybillTelemetry.CorrelationId, claim.Record.CorrelationId);
        activity?.SetTag(WaybillTelemetry.AttemptNumber, claim.Record.NextAttemptNumber);
        activity?.SetTag("http.request.method", claim.Request.Method);

        if (activity is not null && TargetUrl.TryCreate(claim.Request.Url, out var url))
        {
            activity.SetTag("url.scheme", url.Scheme);
            activity.SetTag("server.address", url.IdnHost);
            activity.SetTag("server.port", url.Port);
        }

        return new AttemptSpan(activity);
    }

    public void Describe(AttemptOutcome outcome)
    {
        var classification = outcome.Classification;

        _activity?.SetTag(WaybillTelemetry.Category, classification.Category.Text());
        _activity?.SetTag("http.response.status_code", outcome.Response?.StatusCode);
        _activity?.SetTag("waybill.timing.dns", outcome.Timings?.Dns);
        _activity?.SetTag("waybill.timing.connect", outcome.Timings?.Connect);
        _activity?.SetTag("waybill.timing.tls", outcome.Timings?.Tls);
        _activity?.SetTag("waybill.timing.ttfb", outcome.Timings?.Ttfb);
        _activity?.SetTag("waybill.timing.body", outcome.Timings?.Body);
        _activity?.SetTag("waybill.connection.reused", outcome.Timings?.Reused);

        if (classification.ErrorCode is { } code)
        {
            _activity?.SetTag(WaybillTelemetry.ErrorCode, code);
            _activity?.SetStatus(ActivityStatusCode.Error, outcome.Failure?.Message);
        }
    }

    public void Dispose() => _activity?.Dispose();
}
