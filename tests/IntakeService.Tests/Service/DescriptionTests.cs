using System.Net;
using Waybill.IntakeService.Submissions;
using Waybill.IntakeService.Tests.Support;

namespace Waybill.IntakeService.Tests.Service;

[Collection(IntakeCollection.Name)]
public sealed class DescriptionTests(IntakeFixture intake)
{
    [Fact]
    public async Task The_description_has_every_field_that_the_parser_knows_and_every_answer()
    {
        var description = (await intake.Setup.ClientWith(null).GetAsync("/openapi/v1.json")).Json;
        var operation = description.GetProperty("paths").GetProperty("/v1/notifications").GetProperty("post");
        var body = description.GetProperty("components").GetProperty("schemas").GetProperty("SubmissionBody");

        Assert.Equal(SubmissionParser.KnownFields.Order(), body.GetProperty("properties").EnumerateObject().Select(field => field.Name).Order());
        Assert.Equal(["url"], body.GetProperty("required").EnumerateArray().Select(field => field.GetString()));
        Assert.Contains("Absolute http or https URL", body.GetProperty("properties").GetProperty("url").GetProperty("description").GetString());

        Assert.Equal(
            ["POST", "PUT", "PATCH", "DELETE", "GET", null],
            body.GetProperty("properties").GetProperty("method").GetProperty("enum").EnumerateArray().Select(method => method.GetString()));
        Assert.Equal(
            ["null", "integer"],
            body.GetProperty("properties").GetProperty("timeoutSeconds").GetProperty("type").EnumerateArray().Select(type => type.GetString()));

        Assert.Equal(
            ["202", "400", "401", "403", "413", "415", "422", "429", "503"],
            operation.GetProperty("responses").EnumerateObject().Select(answer => answer.Name).Order());
        Assert.Contains(operation.GetProperty("parameters").EnumerateArray(), parameter => parameter.GetProperty("name").GetString() == "Idempotency-Key");
    }

    [Theory]
    [InlineData("/alive")]
    [InlineData("/health")]
    public async Task Probes_need_no_key(string path) =>
        Assert.Equal(HttpStatusCode.OK, (await intake.Setup.ClientWith(null).GetAsync(path)).StatusCode);
}
