using System.Net;
using Waybill.DeliveryWorker.Delivery;
using Waybill.DeliveryWorker.Tests.Support;
using Waybill.Notifications.StatusApi;

namespace Waybill.DeliveryWorker.Tests.Decisions;

public sealed class DeliveryRequestTests
{
    [Theory]
    [InlineData("a\r\nX-Injected: 1")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    public void A_header_that_would_add_lines_cannot_be_sent(string value) =>
        Assert.Throws<FormatException>(() => Create(("X-Test", value)));

    [Theory]
    [InlineData("X Test")]
    [InlineData("X:Test")]
    [InlineData("")]
    public void A_header_without_a_proper_name_cannot_be_sent(string name) =>
        Assert.Throws<FormatException>(() => Create((name, "value")));

    [Fact]
    public void The_clients_own_user_agent_is_sent_instead_of_ours()
    {
        using var request = Create(("User-Agent", "Shop (+https://shop.example)"));

        Assert.Equal("Shop (+https://shop.example)", request.Headers.NonValidated["User-Agent"].ToString());
    }

    [Fact]
    public void Http_3_is_never_asked_for()
    {
        using var request = Create();

        Assert.Equal((HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrLower), (request.Version, request.VersionPolicy));
    }

    private static HttpRequestMessage Create(params (string, string)[] headers) =>
        DeliveryRequest.Create(new ClaimResponse(A.Record(), A.Request(headers: headers)), Signers.With(), A.Moment);
}
