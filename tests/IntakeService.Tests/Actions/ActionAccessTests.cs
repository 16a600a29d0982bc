using System.Net;
using Waybill.IntakeService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Actions;

/// <summary>Rules out that somebody moves, or learns of, a notification that is not theirs; for both ways to steer.</summary>
[Collection(IntakeCollection.Name)]
public sealed class ActionAccessTests(IntakeFixture intake)
{
    private const string UnknownId = "ntf_00000000000000000000000000";

    [Theory]
    [InlineData("cancel")]
    [InlineData("redeliver")]
    public async Task Another_owners_notification_is_answered_like_one_that_does_not_exist_and_stays_as_it_is(string verb)
    {
        var bob = intake.Setup.ClientWith(TestKeys.Bob);
        var id = verb == "cancel" ? await intake.SubmittedAsync() : await intake.FailedAsync();
        var before = await intake.Setup.RecordAsync(id);

        var foreign = await bob.PostAsync($"/v1/notifications/{id}/{verb}");
        var unknown = await bob.PostAsync($"/v1/notifications/{UnknownId}/{verb}");
        var noId = await bob.PostAsync($"/v1/notifications/due%3Fshard=0/{verb}");

        Assert.All([foreign, unknown, noId], reply => reply.AssertProblem(HttpStatusCode.NotFound, "not-found"));
        Assert.Equal(WithoutTrace(unknown), WithoutTrace(foreign));
        Assert.Equal(WithoutTrace(unknown), WithoutTrace(noId));
        Assert.Equal(before.Version, (await intake.Setup.RecordAsync(id)).Version);
    }

    [Fact]
    public async Task An_operator_steers_everybodys()
    {
        var operations = intake.Setup.ClientWith(TestKeys.Operator);
        var id = await intake.SubmittedAsync();

        Assert.Equal(HttpStatusCode.OK, (await operations.PostAsync($"/v1/notifications/{id}/cancel")).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await operations.PostAsync($"/v1/notifications/{id}/redeliver")).StatusCode);
    }

    [Theory]
    [InlineData(null, "cancel", HttpStatusCode.Unauthorized, "unauthorized")]
    [InlineData(null, "redeliver", HttpStatusCode.Unauthorized, "unauthorized")]
    [InlineData(TestKeys.Internal, "cancel", HttpStatusCode.Forbidden, "forbidden")]
    [InlineData(TestKeys.Internal, "redeliver", HttpStatusCode.Forbidden, "forbidden")]
    public async Task Others_are_refused(string? key, string verb, HttpStatusCode status, string problem)
    {
        var reply = await intake.Setup.ClientWith(key).PostAsync($"/v1/notifications/{UnknownId}/{verb}");

        reply.AssertProblem(status, problem);
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("redeliver")]
    public async Task Without_an_answer_about_the_owner_nothing_is_changed(string verb)
    {
        var id = await intake.SubmittedAsync();
        using var cut = intake.Setup.Relay.Cut(id);

        var reply = await intake.Alice.PostAsync($"/v1/notifications/{id}/{verb}");

        reply.AssertProblem(HttpStatusCode.ServiceUnavailable, "table-unavailable");
        Assert.Contains("Nothing was changed", reply.Text("title"), StringComparison.Ordinal);
        Assert.Equal("2", reply.Headers["Retry-After"]);
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("redeliver")]
    public async Task An_answer_that_is_lost_says_that_it_is_not_known(string verb)
    {
        var id = await intake.FailedAsync();
        using var cut = intake.Setup.Relay.CutAnswer(verb);

        var reply = await intake.Alice.PostAsync($"/v1/notifications/{id}/{verb}");

        reply.AssertProblem(HttpStatusCode.ServiceUnavailable, "table-unavailable");
        Assert.Contains("It is not known", reply.Text("title"), StringComparison.Ordinal);
        Assert.Equal(id, reply.Id);
    }

    [Fact]
    public async Task The_description_has_both_with_every_answer()
    {
        var paths = (await intake.Setup.ClientWith(null).GetAsync("/openapi/v1.json")).Json.GetProperty("paths");

        Assert.Equal(["200", "401", "403", "404", "409", "429", "503"], Answers("cancel"));
        Assert.Equal(["202", "401", "403", "404", "409", "429", "503"], Answers("redeliver"));

        IEnumerable<string> Answers(string verb) => paths
            .GetProperty($"/v1/notifications/{{id}}/{verb}").GetProperty("post").GetProperty("responses")
            .EnumerateObject().Select(answer => answer.Name).Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> WithoutTrace(IntakeReply reply) =>
        reply.Json.EnumerateObject().Where(field => field.Name != "traceId").Select(field => field.ToString());
}
