using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Waybill.ServiceDefaults.Telemetry;

/// <summary>
/// Records every piece of work and follows the caller's decision, but starts no trace with a client call:
/// such calls are polling (the queue, an exporter) and would bury the traces that operators look for.
/// </summary>
internal sealed class WorkSampler : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters parameters)
    {
        var parent = parameters.ParentContext;

        if (parent.TraceId != default)
        {
            return Decide(parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded));
        }

        return Decide(parameters.Kind != ActivityKind.Client);
    }

    private static SamplingResult Decide(bool record) => new(record ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);
}
