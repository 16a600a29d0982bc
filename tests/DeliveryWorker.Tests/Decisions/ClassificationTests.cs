using System.Reflection;
using Waybill.DeliveryWorker.Delivery;
using Waybill.Notifications.Records;

namespace Waybill.DeliveryWorker.Tests.Decisions;

public sealed class ClassificationTests
{
    private static readonly int[] Later = [408, 425, 429];
    private static readonly int[] Never = [501, 505];

    public static TheoryData<int> Statuses => [.. Enumerable.Range(100, 500)];

    public static TheoryData<string> Failures => [.. typeof(FailureKind).GetFields(BindingFlags.Static | BindingFlags.Public).Select(kind => kind.Name)];

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
        Assert.Equal("protocol_error", Classification.Of(status).ErrorCode);

    [Theory]
    [MemberData(nameof(Failures))]
    public void Every_failure_has_a_code_of_its_own_spelled_like_its_name(string name)
    {
        var spelled = string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

        Assert.Equal(spelled, Kind(name).Classification.ErrorCode);
    }

    [Theory]
    [InlineData(nameof(FailureKind.TimeoutDns), "TIMEOUT", true)]
    [InlineData(nameof(FailureKind.TimeoutConnect), "TIMEOUT", true)]
    [InlineData(nameof(FailureKind.TimeoutTls), "TIMEOUT", true)]
    [InlineData(nameof(FailureKind.TimeoutHeaders), "TIMEOUT", true)]
    [InlineData(nameof(FailureKind.TimeoutBody), "TIMEOUT", true)]
    [InlineData(nameof(FailureKind.DnsNotFound), "NETWORK_ERROR", true)]
    [InlineData(nameof(FailureKind.DnsFailure), "NETWORK_ERROR", true)]
    [InlineData(nameof(FailureKind.ConnectionRefused), "NETWORK_ERROR", true)]
    [InlineData(nameof(FailureKind.ConnectionReset), "NETWORK_ERROR", true)]
    [InlineData(nameof(FailureKind.ConnectionClosed), "NETWORK_ERROR", true)]
    [InlineData(nameof(FailureKind.HostUnreachable), "NETWORK_ERROR", true)]
    [InlineData(nameof(FailureKind.ConnectionFailed), "NETWORK_ERROR", true)]
    [InlineData(nameof(FailureKind.TlsFailure), "NETWORK_ERROR", true)]
    [InlineData(nameof(FailureKind.ProtocolError), "NETWORK_ERROR", true)]
    [InlineData(nameof(FailureKind.HeadersTooLarge), "NETWORK_ERROR", true)]
    [InlineData(nameof(FailureKind.BlockedAddress), "BLOCKED", false)]
    [InlineData(nameof(FailureKind.BlockedPort), "BLOCKED", false)]
    [InlineData(nameof(FailureKind.HttpsRequired), "BLOCKED", false)]
    [InlineData(nameof(FailureKind.InvalidRequest), "CLIENT_ERROR", false)]
    public void Every_failure_has_its_category_and_retry_decision(string name, string category, bool retry)
    {
        var classification = Kind(name).Classification;

        Assert.Equal((category, retry), (classification.Category.Text(), classification.RetryEligible));
    }

    private static FailureKind Kind(string name) => (FailureKind)typeof(FailureKind).GetField(name)!.GetValue(null)!;
}
