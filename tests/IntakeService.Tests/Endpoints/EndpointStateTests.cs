using System.Globalization;
using System.Net;
using Waybill.IntakeService.Tests.Support;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Endpoints;

namespace Waybill.IntakeService.Tests.Endpoints;

/// <summary>Paused, resumed, disabled and enabled, as clients ask for it; and a bound of calls a second.</summary>
[Collection(IntakeCollection.Name)]
public sealed class EndpointStateTests(IntakeFixture intake)
{
    private static readonly DateTimeOffset InAnHour = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds());

    private readonly string _tenant = $"t{Guid.NewGuid():N}";

    private string Path => $"/v1/tenants/{_tenant}/endpoints";

    private IntakeClient Alice => intake.Alice;

    [Fact]
    public async Task An_endpoint_is_paused_until_a_time_and_resumed_before_it()
    {
        var id = (await CreateAsync()).Id;

        var paused = await PauseAsync(id, InAnHour);
        var longer = await PauseAsync(id, InAnHour.AddDays(1));
        var resumed = await AskAsync(id, "resume");

        Assert.Equal((HttpStatusCode.OK, "PAUSED", "\"2\"", "no-store"), (paused.StatusCode, paused.Status, paused.Headers["ETag"], paused.Headers["Cache-Control"]));
        Assert.Equal((InAnHour, InAnHour.AddDays(1)), (Time(paused, "pausedUntil"), Time(longer, "pausedUntil")));
        Assert.InRange(Time(paused, "since"), DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
        Assert.Equal((HttpStatusCode.OK, "ACTIVE", "\"4\""), (resumed.StatusCode, resumed.Status, resumed.Headers["ETag"]));
        Assert.All(["pausedUntil", "since", "reason", "secret"], name => Assert.False(resumed.Json.TryGetProperty(name, out _), name));
    }

    [Fact]
    public async Task An_endpoint_is_disabled_by_its_owner_and_enabled_again()
    {
        var id = (await CreateAsync()).Id;

        var disabled = await AskAsync(id, "disable");
        var enabled = await AskAsync(id, "enable");

        Assert.Equal((HttpStatusCode.OK, "DISABLED", "BY_OWNER", "\"2\""), (disabled.StatusCode, disabled.Status, disabled.Text("reason"), disabled.Headers["ETag"]));
        Assert.Equal((HttpStatusCode.OK, "ACTIVE", "\"3\""), (enabled.StatusCode, enabled.Status, enabled.Headers["ETag"]));
        Assert.False(enabled.Json.TryGetProperty("reason", out _));
    }

    [Theory]
    [InlineData("""{}""", "until")]
    [InlineData("""{"until":null}""", "until")]
    [InlineData("""{"until":"tomorrow"}""", "until")]
    [InlineData("""{"until":7}""", "until")]
    [InlineData("""{"until":"2030-01-31"}""", "until")]
    [InlineData("""{"until":"2030-01-31T08:00:00"}""", "until")]
    [InlineData("""{"until":"2020-01-31T08:00:00Z"}""", "until")]
    [InlineData("""{"until":"9999-12-31T23:59:59Z"}""", "until")]
    [InlineData("""{"for":"1h"}""", "for")]
    [InlineData("null", "$")]
    [InlineData("[]", "$")]
    public async Task A_pause_that_is_wrong_changes_nothing_and_is_told_what_is_allowed(string json, string field)
    {
        var id = (await CreateAsync()).Id;

        var reply = await Alice.PostJsonAsync($"{Path}/{id}/pause", json);

        reply.AssertProblem(HttpStatusCode.BadRequest, "validation");
        Assert.NotEmpty(reply.Errors(field));
        Assert.True(field != "until" || reply.Errors(field)[0].Contains("RFC 3339", StringComparison.Ordinal), reply.ToString());
        (await AskAsync(id, "resume")).AssertProblem(HttpStatusCode.Conflict, "conflict");
    }

    [Theory]
    [InlineData("-00:00:01", false)]
    [InlineData("29.23:00:00", true)]
    [InlineData("30.00:05:00", false)]
    public async Task A_pause_ends_in_the_future_and_within_30_days(string fromNow, bool allowed)
    {
        var id = (await CreateAsync()).Id;

        var reply = await PauseAsync(id, DateTimeOffset.UtcNow + TimeSpan.Parse(fromNow, CultureInfo.InvariantCulture));

        if (allowed)
        {
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
            return;
        }

        reply.AssertProblem(HttpStatusCode.BadRequest, "validation");
        Assert.Contains("30 days", Assert.Single(reply.Errors("until")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pause_without_a_body_or_with_one_that_is_no_json_is_refused()
    {
        var path = $"{Path}/{(await CreateAsync()).Id}/pause";

        (await Alice.PostJsonAsync(path, "{")).AssertProblem(HttpStatusCode.BadRequest, "malformed-json");
        (await Alice.SendAsync(HttpMethod.Post, path, "{}", "text/plain")).AssertProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        (await Alice.PostJsonAsync(path, $$"""{"until":"{{new string('0', 65 * 1024)}}"}""")).AssertProblem(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
    }

    [Theory]
    [InlineData("resume", null, "ACTIVE", "PAUSED")]
    [InlineData("resume", "disable", "DISABLED", "PAUSED")]
    [InlineData("enable", null, "ACTIVE", "DISABLED")]
    [InlineData("enable", "pause", "PAUSED", "DISABLED")]
    [InlineData("pause", "disable", "DISABLED", "enable")]
    public async Task What_does_not_fit_the_state_is_a_conflict_that_says_what_it_is(string asked, string? before, string status, string said)
    {
        var id = (await CreateAsync()).Id;
        var now = before is null ? null : await AskAsync(id, before);

        foreach (var headers in new (string, string)[][] { [], [("If-Match", now?.Headers["ETag"] ?? "\"1\"")] })
        {
            var reply = await AskAsync(id, asked, headers);

            reply.AssertProblem(HttpStatusCode.Conflict, "conflict");
            Assert.Equal((id, status), (reply.Id, reply.Text("endpointStatus")));
            Assert.Contains(status, reply.Text("title"), StringComparison.Ordinal);
            Assert.Contains(said, reply.Text("title"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_endpoint_may_be_paused_from_the_beginning()
    {
        var created = await CreateAsync(""","paused":true""");
        var resumed = await AskAsync(created.Id, "resume");

        Assert.Equal((HttpStatusCode.Created, "PAUSED"), (created.StatusCode, created.Status));
        Assert.InRange(Time(created, "pausedUntil"), DateTimeOffset.UtcNow.AddDays(29.9), DateTimeOffset.UtcNow.AddDays(30.1));
        Assert.Equal("ACTIVE", resumed.Status);
        Assert.Equal("ACTIVE", (await CreateAsync(""","paused":false""")).Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    public async Task A_bound_of_calls_a_second_is_given_changed_and_taken_back(int most)
    {
        var created = await CreateAsync($""","maxPerSecond":{most}""");
        var changed = await Alice.SendAsync(HttpMethod.Patch, $"{Path}/{created.Id}", """{"maxPerSecond":7}""");
        var other = await Alice.SendAsync(HttpMethod.Patch, $"{Path}/{created.Id}", """{"description":"x"}""");
        var unbound = await Alice.SendAsync(HttpMethod.Patch, $"{Path}/{created.Id}", """{"maxPerSecond":null}""");

        Assert.Equal([most, 7, 7], new[] { created, changed, other }.Select(reply => reply.Json.GetProperty("maxPerSecond").GetInt32()));
        Assert.Equal(HttpStatusCode.OK, unbound.StatusCode);
        Assert.False(unbound.Json.TryGetProperty("maxPerSecond", out _));
    }

    [Theory]
    [InlineData("", ""","paused":false,"maxPerSecond":null""", HttpStatusCode.Created)]
    [InlineData(""","paused":true""", ""","paused":true""", HttpStatusCode.Created)]
    [InlineData(""","maxPerSecond":5""", ""","maxPerSecond":5""", HttpStatusCode.Created)]
    [InlineData("", ""","paused":true""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("", ""","maxPerSecond":5""", HttpStatusCode.UnprocessableEntity)]
    [InlineData(""","maxPerSecond":5""", ""","maxPerSecond":6""", HttpStatusCode.UnprocessableEntity)]
    [InlineData(""","maxPerSecond":5""", ""","maxPerSecond":5,"paused":true""", HttpStatusCode.UnprocessableEntity)]
    public async Task A_repeat_asks_for_the_same_pause_and_bound(string first, string second, HttpStatusCode status)
    {
        var key = ("Idempotency-Key", $"key-{Guid.NewGuid()}");
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(first, key)).StatusCode);

        Assert.Equal(status, (await CreateAsync(second, key)).StatusCode);
    }

    /// <summary>Whoever repeats a creation over two releases meets what it has created.</summary>
    [Fact]
    public async Task A_creation_without_pause_and_bound_keeps_the_fingerprint_that_it_had()
    {
        var created = await CreateAsync();

        var stored = await intake.Setup.Status.Endpoints.GetAsync(new EndpointKey("alice", _tenant, created.Id), CancellationToken.None);

        Assert.Equal(FingerprintText.Of("""["http://127.0.0.1:8099/hook",null,["order.*"],[],15,null]"""u8), stored!.Fingerprint);
    }

    private static DateTimeOffset Time(IntakeReply reply, string name) => DateTimeOffset.Parse(reply.Text(name), CultureInfo.InvariantCulture);

    private Task<IntakeReply> CreateAsync(string more = "", params (string Name, string Value)[] headers) =>
        Alice.SendAsync(HttpMethod.Post, Path, $$"""{"url":"http://127.0.0.1:8099/hook","types":["order.*"]{{more}}}""", headers: headers);

    private Task<IntakeReply> PauseAsync(string id, DateTimeOffset until) => Alice.PostJsonAsync($"{Path}/{id}/pause", $$"""{"until":"{{until:O}}"}""");

    private Task<IntakeReply> AskAsync(string id, string asked, params (string Name, string Value)[] headers) =>
        Alice.SendAsync(HttpMethod.Post, $"{Path}/{id}/{asked}", asked == "pause" ? $$"""{"until":"{{InAnHour:O}}"}""" : null, headers: headers);
}
