using System.Diagnostics;

namespace Waybill.Client;

/// <summary>What the client tells OpenTelemetry. The trace goes on in Waybill: its HTTP client sends W3C's <c>traceparent</c>.</summary>
public static class WaybillClientTelemetry
{
    /// <summary>A span for each operation, over all of its calls.</summary>
    public const string ActivitySourceName = "Waybill.Client";

    internal static readonly ActivitySource Source = new(ActivitySourceName);

    /// <param name="operation">The method of the client.</param>
    internal static Activity? Start(string operation) => Source.StartActivity($"Waybill {operation}", ActivityKind.Client);

    internal static void Fail(this Activity? activity, Exception exception)
    {
        activity?.SetTag("error.type", exception is WaybillProblemException problem ? problem.Problem.Name : exception.GetType().FullName);
        activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
    }
}
