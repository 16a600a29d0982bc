using System.Diagnostics;

namespace Waybill.EndToEnd.Tests.Telemetry;

/// <summary>A trace that a client has begun, in whose span it calls Waybill.</summary>
internal sealed record ClientTrace(string TraceId, string SpanId)
{
    public (string, string) Header => ("traceparent", $"00-{TraceId}-{SpanId}-01");

    public static ClientTrace New() => new(ActivityTraceId.CreateRandom().ToHexString(), ActivitySpanId.CreateRandom().ToHexString());
}
