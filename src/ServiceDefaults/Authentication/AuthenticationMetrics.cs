using System.Diagnostics.Metrics;

namespace Waybill.ServiceDefaults.Authentication;

/// <summary>Counts requests that were refused for their API key.</summary>
public static class AuthenticationMetrics
{
    internal const string MeterName = "Waybill.Authentication";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Failures =
        Meter.CreateCounter<long>("waybill.authentication.failures", "{request}", "Requests that were refused for their API key.");

    /// <param name="judgement">Null: the request had no key.</param>
    public static void Refused(ApiKeyJudgement? judgement)
    {
        var reason = judgement switch
        {
            null => "missing",
            { ComeBackAfter: not null } => "limited",
            _ => "unknown",
        };

        Failures.Add(1, new KeyValuePair<string, object?>("error.type", reason));
    }
}
