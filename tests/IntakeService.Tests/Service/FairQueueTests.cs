using System.Net;
using Waybill.IntakeService.Queueing;
using Waybill.IntakeService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Service;

/// <summary>Rules out that one host's backlog holds up the others in the queue, for want of a group that SQS could tell them by.</summary>
[Collection(IntakeCollection.Name)]
public sealed class FairQueueTests(IntakeFixture intake)
{
    [Fact]
    public async Task A_message_carries_its_receivers_host_as_group_and_no_deduplication_id()
    {
        await using var tap = await SqsTap.StartAsync(intake.Setup.Backends.Sqs.Endpoint);
        await using var replica = await intake.Setup.StartIntakeAsync(("AWS_ENDPOINT_URL_SQS", tap.Url));
        var client = new IntakeClient(replica.Url, TestKeys.Alice);

        var reply = await client.SubmitAsync("""{"url":"http://Shop-7.Example:8080/hook"}""");

        Assert.Equal((HttpStatusCode.Accepted, "QUEUED"), (reply.StatusCode, reply.Status));
        var sent = tap.SentFor(reply.Id);
        Assert.Equal("shop-7.example", (string?)sent["MessageGroupId"]);
        Assert.Null(sent["MessageDeduplicationId"]);
    }

    [Theory]
    [InlineData("https://example.com/a", "example.com")]
    [InlineData("https://bücher.example/", "xn--bcher-kva.example")]
    [InlineData("http://127.0.0.1:5199/", "127.0.0.1")]
    [InlineData("http://[2001:db8::1]:8080/", "2001:db8::1")]
    [InlineData("not a url", null)]
    public void The_group_is_the_host(string url, string? group) => Assert.Equal(group, MessageGroup.Of(url));

    [Fact]
    public void A_host_that_is_too_long_for_a_group_is_hashed()
    {
        var label = new string('a', 60);

        var one = MessageGroup.Of($"https://{label}.{label}.{label}.example/");
        var other = MessageGroup.Of($"https://{label}.{label}.{label}.test/");

        Assert.Matches("^[0-9a-f]{64}$", one);
        Assert.NotEqual(one, other);
    }
}
