using System.Net;

namespace Waybill.Client.Tests;

/// <summary>Rules out that a program has to read a status code to know what went wrong.</summary>
public sealed class ProblemTests : IDisposable
{
    private readonly Clients _waybill = new(options => options.MaxAttempts = 1);

    public void Dispose() => _waybill.Dispose();

    [Theory]
    [InlineData(401, "unauthorized", typeof(WaybillUnauthorizedException))]
    [InlineData(403, "forbidden", typeof(WaybillForbiddenException))]
    [InlineData(404, "not-found", typeof(WaybillNotFoundException))]
    [InlineData(409, "conflict", typeof(WaybillConflictException))]
    [InlineData(412, "version-conflict", typeof(WaybillConflictException))]
    [InlineData(422, "idempotency-key-reused", typeof(WaybillKeyReusedException))]
    [InlineData(429, "too-many-requests", typeof(WaybillTooManyRequestsException))]
    [InlineData(503, "table-unavailable", typeof(WaybillUnavailableException))]
    [InlineData(400, "malformed-json", typeof(WaybillProblemException))]
    [InlineData(500, "internal-error", typeof(WaybillProblemException))]
    public async Task A_problem_is_an_exception_of_its_own(int status, string name, Type type)
    {
        _waybill.Service.Refuse((HttpStatusCode)status, name, "ntf_1");

        var refused = await Assert.ThrowsAnyAsync<WaybillProblemException>(() => _waybill.Client.GetAsync("ntf_1"));

        Assert.IsType(type, refused);
        Assert.Equal((status, name, "ntf_1"), ((int)refused.StatusCode, refused.Problem.Name, refused.Problem.Id));
    }

    [Fact]
    public async Task A_validation_problem_has_the_fields()
    {
        const string Problem = """{ "type": "urn:waybill:problem:validation", "title": "Wrong.", "status": 400, "errors": { "url": ["must be a URL."], "types[0]": ["must be a type."] } }""";
        _waybill.Service.Answer(HttpStatusCode.BadRequest, Problem, "application/problem+json");

        var refused = await Assert.ThrowsAsync<WaybillValidationException>(() => _waybill.Client.SubmitAsync(new NotificationDraft { Url = "x" }));

        Assert.Equal(["url", "types[0]"], refused.Errors.Keys);
        Assert.Equal(["must be a URL."], refused.Errors["url"]);
    }
}
