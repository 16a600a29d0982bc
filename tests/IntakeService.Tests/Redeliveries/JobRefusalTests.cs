using System.Net;
using Waybill.IntakeService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Redeliveries;

[Collection(IntakeCollection.Name)]
public sealed class JobRefusalTests(IntakeFixture intake)
{
    private const string Path = "/v1/redeliveries";
    private const string UnknownJob = "rdj_00000000000000000000000000";
    private const string Valid = """{"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z","status":"FAILED"}""";

    private readonly IntakeClient _operator = intake.Setup.ClientWith(TestKeys.Operator);

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized, "unauthorized")]
    [InlineData("nobodys-key", HttpStatusCode.Unauthorized, "unauthorized")]
    [InlineData(TestKeys.Internal, HttpStatusCode.Forbidden, "forbidden")]
    public async Task Nothing_is_done_without_a_client_key(string? key, HttpStatusCode status, string problem)
    {
        var client = intake.Setup.ClientWith(key);

        (await client.PostJsonAsync(Path, Valid)).AssertProblem(status, problem);
        (await client.GetAsync(Path)).AssertProblem(status, problem);
        (await client.GetAsync($"{Path}/{UnknownJob}")).AssertProblem(status, problem);
        (await client.DeleteAsync($"{Path}/{UnknownJob}")).AssertProblem(status, problem);
    }

    /// <summary>Owners look after the jobs of their own endpoints and tenants, and never learn of another.</summary>
    [Fact]
    public async Task Only_an_operator_may_begin_one_for_all_or_see_them()
    {
        var client = intake.Setup.ClientWith(TestKeys.Alice);
        var job = (await _operator.PostJsonAsync(Path, Valid)).Id;

        (await client.PostJsonAsync(Path, Valid)).AssertProblem(HttpStatusCode.Forbidden, "forbidden");
        (await client.GetAsync(Path)).AssertProblem(HttpStatusCode.Forbidden, "forbidden");
        (await client.GetAsync($"{Path}/{job}")).AssertProblem(HttpStatusCode.NotFound, "not-found");
        (await client.DeleteAsync($"{Path}/{job}")).AssertProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(HttpStatusCode.OK, (await _operator.GetAsync($"{Path}/{job}")).StatusCode);
    }

    [Fact]
    public async Task All_that_is_wrong_is_named_in_one_answer()
    {
        var reply = await _operator.PostJsonAsync(Path, """{"to":"tomorrow","host":"https://a/","category":"SUCCESS","ratePerSecond":0,"owner":"alice"}""");

        reply.AssertProblem(HttpStatusCode.BadRequest, "validation");
        Assert.Contains("is required", reply.Errors("from").Single());
        Assert.Contains("RFC 3339", reply.Errors("to").Single());
        Assert.Contains("must be FAILED", reply.Errors("status").Single());
        Assert.Contains("such as example.com", reply.Errors("host").Single());
        Assert.Contains("one of CLIENT_ERROR, SERVER_ERROR", reply.Errors("category").Single());
        Assert.Contains("from 1 to 1000", reply.Errors("ratePerSecond").Single());
        Assert.Contains("not a known field", reply.Errors("owner").Single());
    }

    [Theory]
    [InlineData("\"to\":\"2099-01-02T00:00:00Z\"", "to", "must not be in the future")]
    [InlineData("\"from\":\"2026-01-02T00:00:00Z\"", "from", "must be before 'to'")]
    [InlineData("\"from\":\"2024-12-31T00:00:00Z\"", "from", "at most 366 days")]
    [InlineData("\"from\":\"1969-12-31T00:00:00Z\"", "from", "must be after 1970")]
    [InlineData("\"from\":\"2026-01-01T00:00:00\"", "from", "RFC 3339")]
    [InlineData("\"status\":\"SUCCESS\"", "status", "must be FAILED")]
    [InlineData("\"status\":7", "status", "must be FAILED")]
    [InlineData("\"host\":\"\"", "host", "must be a host")]
    [InlineData("\"category\":\"timeout\"", "category", "must be one of")]
    [InlineData("\"ratePerSecond\":1001", "ratePerSecond", "from 1 to 1000")]
    public async Task What_is_not_allowed_is_named(string field, string name, string message)
    {
        var rest = Valid[1..^1].Split(',').Where(other => !other.StartsWith(field.Split(':')[0], StringComparison.Ordinal));

        var reply = await _operator.PostJsonAsync(Path, $"{{{string.Join(',', rest.Append(field))}}}");

        reply.AssertProblem(HttpStatusCode.BadRequest, "validation");
        Assert.Contains(reply.Errors(name), error => error.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_body_that_is_no_json_or_too_long_is_refused()
    {
        (await _operator.PostJsonAsync(Path, "{")).AssertProblem(HttpStatusCode.BadRequest, "malformed-json");
        (await _operator.PostJsonAsync(Path, new string(' ', 17 * 1024))).AssertProblem(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        (await _operator.PostAsync(Path)).AssertProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Theory]
    [InlineData(UnknownJob)]
    [InlineData("no-id")]
    [InlineData("ntf_00000000000000000000000000")]
    public async Task An_unknown_job_is_not_found(string id)
    {
        (await _operator.GetAsync($"{Path}/{id}")).AssertProblem(HttpStatusCode.NotFound, "not-found");
        (await _operator.DeleteAsync($"{Path}/{id}")).AssertProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_completed_job_cannot_be_cancelled()
    {
        var jobs = new JobClient(intake.Setup);
        var id = await jobs.StartAsync();
        await jobs.BecomesAsync(id, job => job.Status == "COMPLETED");

        var reply = await _operator.DeleteAsync($"{Path}/{id}");

        reply.AssertProblem(HttpStatusCode.Conflict, "conflict");
        Assert.Equal((id, "COMPLETED"), (reply.Id, reply.Text("jobStatus")));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=101")]
    [InlineData("limit=1&limit=2")]
    [InlineData("state=RUNNING")]
    public async Task A_wrong_parameter_of_the_list_is_named(string query)
    {
        var reply = await _operator.GetAsync($"{Path}?{query}");

        reply.AssertProblem(HttpStatusCode.BadRequest, "validation");
        Assert.NotEmpty(reply.Errors(query.Split('=')[0]));
    }

    [Fact]
    public async Task Without_the_status_service_nothing_is_promised()
    {
        using var cut = intake.Setup.Relay.Cut("/redeliveries");

        var reply = await _operator.PostJsonAsync(Path, Valid);

        reply.AssertProblem(HttpStatusCode.ServiceUnavailable, "table-unavailable");
        Assert.Equal("2", reply.Headers["Retry-After"]);
    }

    [Theory]
    [InlineData("", "post", "202 400 401 403 413 415 429 503")]
    [InlineData("", "get", "200 400 401 403 429 503")]
    [InlineData("/{jobId}", "get", "200 401 403 404 429 503")]
    [InlineData("/{jobId}", "delete", "200 401 403 404 409 429 503")]
    public async Task The_description_has_every_answer(string path, string method, string answers)
    {
        var paths = (await _operator.GetAsync("/openapi/v1.json")).Json.GetProperty("paths");
        var described = paths.GetProperty(Path + path).GetProperty(method).GetProperty("responses").EnumerateObject().Select(answer => answer.Name);

        Assert.Equal(answers, string.Join(' ', described.Order(StringComparer.Ordinal)));
    }
}
