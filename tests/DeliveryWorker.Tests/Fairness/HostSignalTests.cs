using Waybill.DeliveryWorker.Delivery;
using Waybill.DeliveryWorker.Fairness;

namespace Waybill.DeliveryWorker.Tests.Fairness;

public sealed class HostSignalTests
{
    [Theory]
    [InlineData(200, HostSignal.Good)]
    [InlineData(302, HostSignal.Good)]
    [InlineData(404, HostSignal.Good)]
    [InlineData(410, HostSignal.Good)]
    [InlineData(501, HostSignal.Good)]
    [InlineData(429, HostSignal.Bad)]
    [InlineData(500, HostSignal.Bad)]
    [InlineData(503, HostSignal.Bad)]
    public void A_status_tells_of_the_hosts_health(int status, HostSignal expected) =>
        Assert.Equal(expected, HostSignals.Of(Classification.Of(status)));

    [Theory]
    [InlineData(FailureKind.TimeoutHeaders, HostSignal.Bad)]
    [InlineData(FailureKind.ConnectionRefused, HostSignal.Bad)]
    [InlineData(FailureKind.DnsNotFound, HostSignal.Bad)]
    [InlineData(FailureKind.BlockedAddress, HostSignal.None)]
    [InlineData(FailureKind.InvalidRequest, HostSignal.None)]
    public void A_failure_tells_of_the_hosts_health(FailureKind failure, HostSignal expected) =>
        Assert.Equal(expected, HostSignals.Of(Classification.Of(failure)));
}
