using System.Net;
using Waybill.Notifications.Endpoints;

namespace Waybill.Client.Tests;

/// <summary>Rules out that a method about endpoints asks for something else than it says, or loses a part of the answer.</summary>
public sealed class EndpointTests : IDisposable
{
    private const string Id = EndpointExample.Id;
    private const string Status = "http://status.test/v1/tenants";
    private const string Intake = "http://intake.test/v1/tenants";
    private const string Problem = """{ "type": "urn:waybill:problem:version-conflict", "title": "It has version 4.", "status": 412, "traceId": "a267bc38adcb09ed72ecbd6855663663" }""";

    private static readonly string WithSecret = EndpointExample.View.Replace("\"version\": 1", "\"secret\": \"whsec_a\", \"version\": 1", StringComparison.Ordinal);

    private readonly Service _service = new();
    private readonly HttpClient _http;
    private readonly WaybillClient _client;

    public EndpointTests()
    {
        _http = new HttpClient(_service);
        _client = new WaybillClient(_http, new WaybillClientOptions { IntakeUrl = new Uri("http://intake.test"), StatusUrl = new Uri("http://status.test"), ApiKey = "key" });
    }

    public void Dispose()
    {
        _http.Dispose();
        _service.Dispose();
    }

    [Fact]
    public async Task A_draft_is_sent_without_what_it_does_not_say_and_its_secret_comes_back()
    {
        _service.Answer(HttpStatusCode.Created, WithSecret);

        var created = await _client.CreateEndpointAsync("a~b", new EndpointDraft { Url = "https://example.com", Types = ["order.*"], RetrySchedule = [] }, "key-1");

        Assert.Equal([$"POST {Intake}/a~b/endpoints"], _service.Asked);
        Assert.Equal("""{"url":"https://example.com","types":["order.*"],"retrySchedule":[]}""", _service.Body);
        Assert.Equal("key-1", _service.Headers["Idempotency-Key"]);
        Assert.Equal(("whsec_a", 1, EndpointStatus.Active), (created.Secret, created.Version, created.Status));
        Assert.DoesNotContain("whsec_a", created.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patch_has_what_is_given_and_null_for_what_goes_back_to_its_default()
    {
        _service.Answer(HttpStatusCode.OK, EndpointExample.View);

        await _client.ChangeEndpointAsync(
            "shop",
            Id,
            new EndpointPatch
            {
                Url = "https://example.com/ü",
                Types = ["a", "b.*"],
                Headers = new Dictionary<string, string> { ["X-A"] = "1" },
                TimeoutSeconds = 5,
                Reset = EndpointDefaults.Description | EndpointDefaults.RetrySchedule,
            },
            ifVersion: 3,
            owner: "shop & co");

        Assert.Equal([$"PATCH {Intake}/shop/endpoints/{Id}?owner=shop%20%26%20co"], _service.Asked);
        Assert.Equal("""{"url":"https://example.com/\u00FC","description":null,"types":["a","b.*"],"headers":{"X-A":"1"},"timeoutSeconds":5,"retrySchedule":null}""", _service.Body);
        Assert.Equal("application/merge-patch+json", _service.Headers["Content-Type"]);
        Assert.Equal("\"3\"", _service.Headers["If-Match"]);
    }

    [Fact]
    public async Task A_patch_says_nothing_of_what_stays_and_no_version_where_none_was_read()
    {
        _service.Answer(HttpStatusCode.OK, EndpointExample.View);

        await _client.ChangeEndpointAsync("shop", Id, new EndpointPatch { RetrySchedule = [] });

        Assert.Equal("""{"retrySchedule":[]}""", _service.Body);
        Assert.DoesNotContain("If-Match", _service.Headers.Keys);
    }

    [Fact]
    public async Task A_field_that_is_given_and_reset_is_sent_to_nobody()
    {
        var patch = new EndpointPatch { TimeoutSeconds = 5, Reset = EndpointDefaults.TimeoutSeconds };

        await Assert.ThrowsAsync<ArgumentException>(() => _client.ChangeEndpointAsync("shop", Id, patch));

        Assert.Empty(_service.Asked);
    }

    [Fact]
    public async Task An_endpoint_is_paused_until_a_time()
    {
        _service.Answer(HttpStatusCode.OK, EndpointExample.Paused);

        var paused = await _client.PauseEndpointAsync("shop", Id, new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.FromHours(1)), ifVersion: 3, owner: "shop");

        Assert.Equal([$"POST {Intake}/shop/endpoints/{Id}/pause?owner=shop"], _service.Asked);
        Assert.Equal("""{"until":"2026-11-21T08:00:00.000Z"}""", _service.Body);
        Assert.Equal("\"3\"", _service.Headers["If-Match"]);
        Assert.Equal((EndpointStatus.Paused, new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.Zero)), (paused.Status, paused.PausedUntil));
    }

    [Theory]
    [InlineData("resume")]
    [InlineData("disable")]
    [InlineData("enable")]
    public async Task What_becomes_of_an_endpoint_is_asked_for_without_a_body(string action)
    {
        Func<string, string, int?, string?, CancellationToken, Task<EndpointView>> ask = action switch
        {
            "resume" => _client.ResumeEndpointAsync,
            "disable" => _client.DisableEndpointAsync,
            _ => _client.EnableEndpointAsync,
        };
        _service.Answer(HttpStatusCode.OK, EndpointExample.Disabled);

        var endpoint = await ask("shop", Id, 3, null, CancellationToken.None);

        Assert.Equal([$"POST {Intake}/shop/endpoints/{Id}/{action}"], _service.Asked);
        Assert.Null(_service.Body);
        Assert.Equal("\"3\"", _service.Headers["If-Match"]);
        Assert.Equal((EndpointStatus.Disabled, DisableReasons.ByOwner), (endpoint.Status, endpoint.Reason));
    }

    [Theory]
    [InlineData(null, null, "")]
    [InlineData("shop & co", 7, "?owner=shop%20%26%20co&limit=7")]
    public async Task Endpoints_that_are_not_well_come_with_what_is_known(string? owner, int? limit, string query)
    {
        _service.Answer(HttpStatusCode.OK, $$"""{ "items": [{{EndpointExample.Failing}}], "complete": false }""");

        var unwell = await _client.ListUnwellEndpointsAsync(owner, limit);

        var endpoint = Assert.Single(unwell.Items);
        Assert.Equal([$"GET http://status.test/v1/endpoints/unwell{query}"], _service.Asked);
        Assert.False(unwell.Complete);
        Assert.Equal((DisableReasons.Failing, 503, "ntf_34gadpgg2nzw778crjdc8bxn0j"), (endpoint.Reason, endpoint.Trouble!.StatusCode, endpoint.Trouble.NotificationId));
        Assert.True(endpoint.LastSuccessAt < endpoint.FailingSince);
    }

    [Fact]
    public async Task A_bound_and_a_pause_are_said_and_a_bound_is_taken_back()
    {
        _service.Answer(HttpStatusCode.Created, WithSecret);
        await _client.CreateEndpointAsync("shop", new EndpointDraft { Url = "https://example.com", Types = ["*"], MaxPerSecond = 5, Paused = true });
        Assert.Equal("""{"url":"https://example.com","types":["*"],"maxPerSecond":5,"paused":true}""", _service.Body);

        _service.Answer(HttpStatusCode.OK, EndpointExample.View);
        await _client.ChangeEndpointAsync("shop", Id, new EndpointPatch { MaxPerSecond = 7 });
        Assert.Equal("""{"maxPerSecond":7}""", _service.Body);

        _service.Answer(HttpStatusCode.OK, EndpointExample.View);
        await _client.ChangeEndpointAsync("shop", Id, new EndpointPatch { Reset = EndpointDefaults.MaxPerSecond });
        Assert.Equal("""{"maxPerSecond":null}""", _service.Body);
    }

    [Fact]
    public async Task What_is_deleted_has_no_answer_and_another_version_is_a_problem()
    {
        _service.Answer(HttpStatusCode.NoContent);
        _service.Answer(HttpStatusCode.PreconditionFailed, Problem, "application/problem+json");

        await _client.DeleteEndpointAsync("shop", Id);
        var refused = await Assert.ThrowsAsync<WaybillConflictException>(() => _client.DeleteEndpointAsync("shop", Id, ifVersion: 3));

        Assert.Equal(Enumerable.Repeat($"DELETE {Intake}/shop/endpoints/{Id}", 2), _service.Asked);
        Assert.Equal("\"3\"", _service.Headers["If-Match"]);
        Assert.Equal("version-conflict", refused.Problem.Name);
    }

    [Fact]
    public async Task What_answers_a_deletion_with_a_page_is_not_Waybill()
    {
        _service.Answer(HttpStatusCode.OK, "<p>Welcome", "text/html");

        await Assert.ThrowsAsync<HttpRequestException>(() => _client.DeleteEndpointAsync("shop", Id));
    }

    [Fact]
    public async Task A_secret_is_read_and_rotated()
    {
        _service.Answer(HttpStatusCode.OK, """{ "secret": "whsec_old" }""");
        _service.Answer(HttpStatusCode.OK, WithSecret);

        var old = await _client.GetSecretAsync("shop", Id);
        var rotated = await _client.RotateSecretAsync("shop", Id, new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), ifVersion: 2);

        Assert.Equal([$"GET {Status}/shop/endpoints/{Id}/secret", $"POST {Intake}/shop/endpoints/{Id}/secret/rotate"], _service.Asked);
        Assert.Equal(("whsec_old", "whsec_a"), (old, rotated.Secret));
        Assert.Equal("""{"keepOldUntil":"2026-12-01T00:00:00.000Z"}""", _service.Body);
        Assert.Equal("\"2\"", _service.Headers["If-Match"]);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("order.paid", """{"type":"order.paid"}""")]
    public async Task A_test_has_a_body_only_where_a_type_is_given(string? type, string? body)
    {
        _service.Answer(HttpStatusCode.Accepted, EventTests.Published);

        var published = await _client.TestEndpointAsync("shop", Id, type);

        Assert.Equal([$"POST {Intake}/shop/endpoints/{Id}/test"], _service.Asked);
        Assert.Equal(body, _service.Body);
        Assert.Equal(1, published.Matched);
    }

    [Fact]
    public async Task Endpoints_are_listed_and_one_has_its_counts()
    {
        _service.Answer(HttpStatusCode.OK, $$"""{ "items": [{{EndpointExample.View}}] }""");
        _service.Answer(HttpStatusCode.OK, EndpointExample.View.Replace("\"version\": 1", """
            "version": 1, "lastDay": { "accepted": 5, "failed": 2, "complete": true }
            """, StringComparison.Ordinal));

        var listed = await _client.ListEndpointsAsync("shop");
        var one = await _client.GetEndpointAsync("shop", Id, owner: "other");

        Assert.Equal([$"GET {Status}/shop/endpoints", $"GET {Status}/shop/endpoints/{Id}?owner=other"], _service.Asked);
        Assert.Equal([Id], listed.Select(endpoint => endpoint.Id));
        Assert.Equal(new EndpointCounts(5, 2, true), one.LastDay);
        Assert.Equal(["order.*"], one.Types);
    }

    [Fact]
    public async Task Tenants_are_read_page_after_page()
    {
        _service.Answer(HttpStatusCode.OK, """{ "items": ["a", "b"], "next": "b" }""");
        _service.Answer(HttpStatusCode.OK, """{ "items": ["c"] }""");

        Assert.Equal(["a", "b", "c"], await _client.ListTenantsAsync().ToListAsync());

        Assert.Equal([$"GET {Status}", $"GET {Status}?after=b"], _service.Asked);
    }
}
