using System.Net;
using Waybill.IntakeService.Tests.Support;
using Waybill.Notifications.StatusApi;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Service;

[Collection(IntakeCollection.Name)]
public sealed class BackpressureTests(IntakeFixture intake)
{
    private const string Body = """{"url":"http://127.0.0.1:9/hook"}""";

    [Fact]
    public async Task Beyond_the_bound_clients_are_told_to_come_back_and_nothing_waits()
    {
        await using var replica = await intake.Setup.StartReplicaAsync(("Submissions__MaxInFlight", "2"));
        var alice = new IntakeClient(replica.Url, TestKeys.Alice);
        var relay = intake.Setup.Relay;
        var held = new TaskCompletionSource();
        Task<IntakeReply>[] inFlight;
        IntakeReply refused;

        using (relay.Hold(StatusClient.Accept, held.Task))
        {
            inFlight = [alice.SubmitAsync(Body), alice.SubmitAsync(Body)];
            await Eventually.BecomesAsync(() => Task.FromResult(relay.Held), held => held == 2);

            refused = await alice.SubmitAsync(Body);
            held.SetResult();
        }

        Assert.Equal((HttpStatusCode.TooManyRequests, "too-many-requests"), (refused.StatusCode, refused.Problem));
        Assert.Equal("1", refused.Headers["Retry-After"]);

        Assert.All(await Task.WhenAll(inFlight), reply => Assert.Equal(HttpStatusCode.Accepted, reply.StatusCode));
        Assert.Equal(HttpStatusCode.Accepted, (await alice.SubmitAsync(Body)).StatusCode);
    }

    [Theory]
    [InlineData("Submissions__MaxInFlight", "8", 4, 512)]
    [InlineData("Submissions__MaxMegabytesInFlight", "16", 32, 256 * 1024)]
    public async Task One_owner_leaves_half_to_the_others(string setting, string value, int share, int bytes)
    {
        await using var replica = await intake.Setup.StartReplicaAsync((setting, value), ("StatusService__TimeoutSeconds", "60"));
        var alice = new IntakeClient(replica.Url, TestKeys.Alice);
        var bob = new IntakeClient(replica.Url, TestKeys.Bob);
        var body = $$"""{"url":"http://127.0.0.1:9/hook","payloadText":"{{new string('x', bytes - 256)}}"}""";
        var relay = intake.Setup.Relay;
        var held = new TaskCompletionSource();

        using (relay.Hold(StatusClient.Accept, held.Task))
        {
            var posts = Enumerable.Range(0, share * 2).Select(_ => alice.SubmitAsync(body)).ToArray();
            await Eventually.BecomesAsync(() => Task.FromResult(posts.Count(post => post.IsCompleted)), refused => refused >= share);
            var ofBob = bob.SubmitAsync(Body);
            await Eventually.BecomesAsync(() => Task.FromResult(posts.Count(post => post.IsCompleted)), refused => refused == share);
            held.SetResult();

            Assert.Equal(HttpStatusCode.Accepted, (await ofBob).StatusCode);
            Assert.Equal(share, (await Task.WhenAll(posts)).Count(reply => reply.StatusCode == HttpStatusCode.Accepted));
        }
    }
}
