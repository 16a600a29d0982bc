using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Waybill.Notifications.Signing;
using Waybill.Receiving.Tests.Support;

namespace Waybill.Receiving.Tests.Official;

/// <summary>The vectors that the specification's own libraries are tested with: here they are received, at the time at which they were signed.</summary>
public sealed class SpecificationVectorTests
{
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Body = """{"test": 2432232314}""";
    private const long Timestamp = 1614265330;
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private const string WrongSignature = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";

    [Theory]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", Id, Timestamp, Body, Signature)]
    [InlineData(
        "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
        "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
        1649367553,
        """{"email":"test@example.com","username":"test_user"}""",
        "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=")]
    public async Task A_vector_is_believed_and_its_body_given_as_it_was_sent(string secret, string id, long timestamp, string body, string signature)
    {
        var handled = new ConcurrentQueue<Webhook>();
        await using var receiver = await StartAsync(handled, secret, timestamp);

        var answer = await receiver.SendAsync(Request(id, timestamp, body, signature));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var webhook = Assert.Single(handled);
        Assert.Equal((id, timestamp, body), (webhook.Id, webhook.Timestamp.ToUnixTimeSeconds(), Encoding.UTF8.GetString(webhook.Body.Span)));
    }

    [Theory]
    [InlineData($"{WrongSignature} v2,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= {Signature} {WrongSignature}", HttpStatusCode.OK)]
    [InlineData("v1,dawfeoifkpqwoekfpqoekf", HttpStatusCode.Unauthorized)]
    [InlineData("v1,g0hM9", HttpStatusCode.Unauthorized)]
    [InlineData("v1,", HttpStatusCode.Unauthorized)]
    [InlineData("v1,R3PTzyfHASBKHH98a7yexTwaJ4yNIcGhFQc1yuN+BPU=", HttpStatusCode.Unauthorized)]
    public async Task One_right_signature_is_enough_and_a_part_of_one_is_none(string signatures, HttpStatusCode expected)
    {
        await using var receiver = await StartAsync([], Call.Secret, Timestamp);

        var answer = await receiver.SendAsync(Request(Id, Timestamp, Body, signatures));

        Assert.Equal(expected, answer.Status);
    }

    private static Task<TestReceiver> StartAsync(ConcurrentQueue<Webhook> handled, string secret, long timestamp) =>
        TestReceiver.StartAsync(handled, hook => hook.VerifyStandardWebhook(secret), time: Clock.Stopped(DateTimeOffset.FromUnixTimeSeconds(timestamp)));

    private static HttpRequestMessage Request(string id, long timestamp, string body, string signature)
    {
        var call = new Call { Id = id, Timestamp = timestamp, Body = Encoding.UTF8.GetBytes(body) };
        return call.ToRequest(new Dictionary<string, string[]>(call.Headers) { [WebhookHeaders.Signature] = [signature] });
    }
}
