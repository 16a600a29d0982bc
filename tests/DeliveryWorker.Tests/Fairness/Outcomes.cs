using Waybill.DeliveryWorker.Delivery;
using Waybill.DeliveryWorker.Fairness;
using Waybill.DeliveryWorker.Tests.Support;

namespace Waybill.DeliveryWorker.Tests.Fairness;

internal static class Outcomes
{
    public static AttemptOutcome Of(HostSignal signal) => signal switch
    {
        HostSignal.Good => A.Outcome(A.Response(200)),
        HostSignal.Refused => A.Outcome(A.Response(429)),
        HostSignal.Failing => A.Outcome(A.Response(500)),
        _ => A.Outcome(failure: new Failure(FailureKind.TimeoutHeaders, "silent")),
    };
}
