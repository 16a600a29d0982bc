using System.Net;
using Waybill.IntakeService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Service;

public sealed class BackpressureTests
{
    private const string Body = """{"url":"http://127.0.0.1:9/hook"}""";

    [Fact]
    public async Task Beyond_the_bound_clients_are_told_to_come_back_and_nothing_waits()
    {
        await using var setup = await IntakeSetup.StartAsync(("Submissions__MaxInFlight", "2"));
        var alice = setup.ClientWith(TestKeys.Alice);
        var held = new TaskCompletionSource();
        Task<IntakeReply>[] inFlight;
        IntakeReply refused;

        using (setup.Relay.Hold("/notifications", held.Task))
        {
            inFlight = [alice.SubmitAsync(Body), alice.SubmitAsync(Body)];
            await Eventually.BecomesAsync(() => Task.FromResult(setup.Relay.Held), held => held == 2);

            refused = await alice.SubmitAsync(Body);
            held.SetResult();
        }

        Assert.Equal((HttpStatusCode.TooManyRequests, "too-many-requests"), (refused.StatusCode, refused.Problem));
        Assert.Equal("1", refused.Headers["Retry-After"]);

        Assert.All(await Task.WhenAll(inFlight), reply => Assert.Equal(HttpStatusCode.Accepted, reply.StatusCode));
        Assert.Equal(HttpStatusCode.Accepted, (await alice.SubmitAsync(Body)).StatusCode);
    }
}
