using Waybill.DeliveryWorker.Delivery;
using Waybill.Notifications.Records;

namespace Waybill.DeliveryWorker.Tests.Decisions;

public sealed class ClassificationTests
{
    private static readonly int[] Later = [408, 425, 429];
    private static readonly int[] Never = [501, 505];

    public static TheoryData<int> Statuses => [.. Enumerable.Range(100, 500)];

    public static TheoryData<FailureKind> Failures => [.. Enum.GetValues<FailureKind>()];

    [Theory]
    [MemberData(nameof(Statuses))]
    public void Every_status_has_its_category_and_retry_decision(int status)
    {
        var expected = status switch
        {
            < 200 => (DeliveryCategory.NetworkError, true, "protocol_error"),
            < 300 => (DeliveryCategory.Success, false, null),
            < 500 => (DeliveryCategory.ClientError, Later.Contains(status), $"http_{status}"),
            _ => (DeliveryCategory.ServerError, !Never.Contains(status), $"http_{status}"),
        };

        var (category, retry, code) = Classification.Of(status);

        Assert.Equal(expected, (category, retry, code));
    }

    [Theory]
    [InlineData(99)]
    [InlineData(600)]
    [InlineData(999)]
    public void A_number_that_is_no_status_is_a_protocol_error(int status) =>
        Assert.Equal(ErrorCodes.ProtocolError, Classification.Of(status).ErrorCode);

    [Theory]
    [MemberData(nameof(Failures))]
    public void Every_failure_has_a_code_of_its_own_spelled_like_its_name(FailureKind failure)
    {
        var spelled = string.Concat(failure.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

        Assert.Equal(spelled, Classification.Of(failure).ErrorCode);
    }

    [Theory]
    [InlineData(FailureKind.TimeoutDns, "TIMEOUT", true)]
    [InlineData(FailureKind.TimeoutConnect, "TIMEOUT", true)]
    [InlineData(FailureKind.TimeoutTls, "TIMEOUT", true)]
    [InlineData(FailureKind.TimeoutHeaders, "TIMEOUT", true)]
    [InlineData(FailureKind.TimeoutBody, "TIMEOUT", true)]
    [InlineData(FailureKind.DnsNotFound, "NETWORK_ERROR", true)]
    [InlineData(FailureKind.DnsFailure, "NETWORK_ERROR", true)]
    [InlineData(FailureKind.ConnectionRefused, "NETWORK_ERROR", true)]
    [InlineData(FailureKind.ConnectionReset, "NETWORK_ERROR", true)]
    [InlineData(FailureKind.ConnectionClosed, "NETWORK_ERROR", true)]
    [InlineData(FailureKind.HostUnreachable, "NETWORK_ERROR", true)]
    [InlineData(FailureKind.ConnectionFailed, "NETWORK_ERROR", true)]
    [InlineData(FailureKind.TlsFailure, "NETWORK_ERROR", true)]
    [InlineData(FailureKind.ProtocolError, "NETWORK_ERROR", true)]
    [InlineData(FailureKind.HeadersTooLarge, "NETWORK_ERROR", true)]
    [InlineData(FailureKind.BlockedAddress, "BLOCKED", false)]
    [InlineData(FailureKind.BlockedPort, "BLOCKED", false)]
    [InlineData(FailureKind.HttpsRequired, "BLOCKED", false)]
    [InlineData(FailureKind.InvalidRequest, "CLIENT_ERROR", false)]
    public void Every_failure_has_its_category_and_retry_decision(FailureKind failure, string category, bool retry)
    {
        var classification = Classification.Of(failure);

        Assert.Equal((category, retry), (classification.Category.Text(), classification.RetryEligible));
    }
}
