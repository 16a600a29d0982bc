using System.Net;
using Waybill.IntakeService.Tests.Support;
using Waybill.Notifications.StatusApi;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Service;

[Collection(IntakeCollection.Name)]
public sealed class IdempotencyTests(IntakeFixture intake)
{
    private const string Body = """{"url":"http://127.0.0.1:9/hook","payload":{"n":1}}""";

    private readonly string _key = $"key-{Guid.NewGuid()}";

    [Fact]
    public async Task A_repeat_gets_the_same_id_and_is_not_stored_or_sent_again()
    {
        var first = await intake.Alice.SubmitAsync(Body, _key);
        var repeat = await intake.Alice.SubmitAsync("""{"payload":{ "n":1 },"url":"http://127.0.0.1:9/hook"}""", _key);

        Assert.Equal(HttpStatusCode.Accepted, repeat.StatusCode);
        Assert.Equal("true", repeat.Headers["Idempotent-Replayed"]);
        Assert.DoesNotContain("Idempotent-Replayed", first.Headers);

        Assert.Equal(first.Json.ToString(), repeat.Json.ToString());
        Assert.Equal(1, await intake.Setup.Queue.CountAsync(first.Id));
    }

    [Fact]
    public async Task A_repeat_gets_the_status_as_it_is_now()
    {
        var first = await intake.Alice.SubmitAsync(Body, _key);
        var (claim, _) = await intake.Setup.Status.Client.ClaimAsync(first.Id, new ClaimRequest("test"), CancellationToken.None);
        Assert.Equal("PROCESSING", (await intake.Alice.SubmitAsync(Body, _key)).Status);

        var result = new ResultRequest(claim!.Record.Lease!.Token, claim.Record.Epoch, Results.Success(), RetryInSeconds: null);
        await intake.Setup.Status.Client.ResultAsync(first.Id, result, CancellationToken.None);
        Assert.Equal("SUCCESS", (await intake.Alice.SubmitAsync(Body, _key)).Status);
    }

    [Fact]
    public async Task The_same_key_with_another_request_is_refused()
    {
        var first = await intake.Alice.SubmitAsync(Body, _key);
        var other = await intake.Alice.SubmitAsync("""{"url":"http://127.0.0.1:9/other"}""", _key);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Equal("idempotency-key-reused", other.Problem);
        Assert.Equal(first.Id, (await intake.Alice.SubmitAsync(Body, _key)).Id);
    }

    [Fact]
    public async Task The_same_key_of_another_owner_is_another_key()
    {
        var first = await intake.Alice.SubmitAsync(Body, _key);
        var others = await intake.Setup.ClientWith(TestKeys.Bob).SubmitAsync(Body, _key);

        Assert.Equal(HttpStatusCode.Accepted, others.StatusCode);
        Assert.NotEqual(first.Id, others.Id);
        Assert.DoesNotContain("Idempotent-Replayed", others.Headers);
    }

    [Fact]
    public async Task Race_of_two_callers_with_one_key_stores_one_notification()
    {
        for (var round = 0; round < 10; round++)
        {
            var replies = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => intake.Alice.SubmitAsync(Body, $"{_key}-{round}")));

            Assert.All(replies, reply => Assert.Equal(HttpStatusCode.Accepted, reply.StatusCode));
            Assert.Equal(replies[0].Id, replies[1].Id);
            Assert.Single(replies, reply => reply.Headers.ContainsKey("Idempotent-Replayed"));

            // The one that comes second may still find it unsent and send a copy; a claim lets one of them through.
            Assert.InRange(await intake.Setup.Queue.CountAsync(replies[0].Id), 1, 2);
        }
    }

    [Fact]
    public async Task Race_of_two_callers_with_one_key_and_different_requests_has_one_winner()
    {
        for (var round = 0; round < 10; round++)
        {
            var replies = await Task.WhenAll(Enumerable.Range(0, 2).Select(number =>
                intake.Alice.SubmitAsync($$"""{"url":"http://127.0.0.1:9/{{number}}"}""", $"{_key}-{round}")));

            Assert.Equal([HttpStatusCode.Accepted, HttpStatusCode.UnprocessableEntity], replies.Select(reply => reply.StatusCode).Order());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("tab\there")]
    public async Task A_malformed_key_is_refused_by_name(string key)
    {
        var reply = await intake.Alice.SubmitAsync("""{"url":"http://127.0.0.1:9/","colour":1}""", key);

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Contains("1 to 255 visible ASCII characters", reply.Errors("Idempotency-Key").Single());
        Assert.NotEmpty(reply.Errors("colour"));
    }

    [Fact]
    public async Task A_key_may_have_255_characters_and_no_more()
    {
        Assert.Equal(HttpStatusCode.Accepted, (await intake.Alice.SubmitAsync(Body, _key.PadRight(255, '~'))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await intake.Alice.SubmitAsync(Body, _key.PadRight(256, '~'))).StatusCode);
    }
}
