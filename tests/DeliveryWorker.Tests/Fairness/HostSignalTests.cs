using Waybill.DeliveryWorker.Delivery;
using Waybill.DeliveryWorker.Fairness;
using Waybill.DeliveryWorker.Tests.Support;

namespace Waybill.DeliveryWorker.Tests.Fairness;

public sealed class HostSignalTests
{
    [Theory]
    [InlineData(200, HostSignal.Good)]
    [InlineData(302, HostSignal.Good)]
    [InlineData(404, HostSignal.Good)]
    [InlineData(410, HostSignal.Good)]
    [InlineData(501, HostSignal.Good)]
    [InlineData(429, HostSignal.Refused)]
    [InlineData(503, HostSignal.Refused)]
    [InlineData(408, HostSignal.Failing)]
    [InlineData(500, HostSignal.Failing)]
    [InlineData(502, HostSignal.Failing)]
    public void A_status_tells_of_the_hosts_health(int status, HostSignal expected) =>
        Assert.Equal(expected, HostSignals.Of(A.Outcome(A.Response(status))));

    [Theory]
    [InlineData(429, 30)]
    [InlineData(503, 30)]
    [InlineData(500, null)]
    [InlineData(404, null)]
    public void A_wish_counts_for_the_host_where_it_asks_for_less(int status, int? seconds)
    {
        var outcome = A.Outcome(A.Response(status, TimeSpan.FromSeconds(30)));

        Assert.Equal(seconds, (int?)HostSignals.WishOf(outcome)?.TotalSeconds);
    }

    [Theory]
    [InlineData("timeout_headers", HostSignal.Silent)]
    [InlineData("connection_refused", HostSignal.Silent)]
    [InlineData("dns_not_found", HostSignal.Silent)]
    [InlineData("blocked_address", HostSignal.None)]
    [InlineData("secret_sealed", HostSignal.None)]
    [InlineData("invalid_request", HostSignal.None)]
    public void A_failure_tells_of_the_hosts_health(string code, HostSignal expected) =>
        Assert.Equal(expected, HostSignals.Of(A.Outcome(failure: new Failure(FailureKind.All.Single(kind => kind.Classification.ErrorCode == code), "no answer"))));
}
