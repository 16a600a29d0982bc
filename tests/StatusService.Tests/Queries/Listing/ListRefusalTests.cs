using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Queries.Listing;

[Collection(StatusCollection.Name)]
public sealed class ListRefusalTests(StatusFixture fixture)
{
    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("status=DONE", "status")]
    [InlineData("status=success", "status")]
    [InlineData("host=", "host")]
    [InlineData("host=https://example.com/", "host")]
    [InlineData("host=a..b", "host")]
    [InlineData("host=a%20b", "host")]
    [InlineData("host=example.com:0", "host")]
    [InlineData("host=%E2%80%AEabc.example", "host")]
    [InlineData("host=xn--a.example", "host")]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2020-01-01", "from")]
    [InlineData("from=2020-01-01T00:00:00", "from")]
    [InlineData("from=2020-01-01T24:00:00Z", "from")]
    [InlineData("from=2020-01-01T00:00:00.Z", "from")]
    [InlineData("from=2020-01-01 00:00:00Z", "from")]
    [InlineData("from=2020-01-01T00:00:00+0200", "from")]
    [InlineData("to=9999-12-31T23:59:59-00:01", "to")]
    [InlineData("to=2020-13-01T00:00:00Z", "to")]
    [InlineData("to=0001-01-01T00:00:00Z", "to")]
    [InlineData("from=2020-01-02T00:00:00Z&to=2020-01-01T00:00:00Z", "from")]
    [InlineData("from=2020-01-01T00:00:00Z&to=2020-02-02T00:00:00Z", "from")]
    [InlineData("cursor=nonsense", "cursor")]
    [InlineData("cursor=OTk5LjEu", "cursor")]
    [InlineData("state=FAILED", "state")]
    [InlineData("final=yes", "final")]
    [InlineData("final=", "final")]
    [InlineData("category=client_error", "category")]
    [InlineData("category=GONE", "category")]
    [InlineData("owner=bob", "owner")]
    [InlineData("format=csv", "format")]
    [InlineData("status=FAILED&from=2020-01-01T00:00:00Z&to=2021-01-02T00:00:01Z", "from")]
    [InlineData("correlationId=a&from=2020-01-02T00:00:00Z&to=2020-01-01T00:00:00Z", "from")]

    // Of a list of failures, which goes another way.
    [InlineData("cursor=Zi4xLjIwMDAuMTAwMC4", "cursor")]
    [InlineData("status=FAILED&cursor=eC4xLjIwMDAuMTAwMC4", "cursor")]
    public async Task What_is_not_allowed_is_named(string query, string parameter)
    {
        using var http = fixture.Status.CreatePublicClient(TestKeys.Alice);

        using var answer = await http.GetAsync($"/v1/notifications?{query}");
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("urn:waybill:problem:validation", problem.GetProperty("type").GetString());
        Assert.True(problem.GetProperty("errors").TryGetProperty(parameter, out _));
    }

    [Theory]
    [InlineData("to=1970-01-01T00:00:01Z")]
    [InlineData("to=9999-12-31T23:59:59.9999999Z")]
    [InlineData("from=2020-01-01T02:00:00.123456789012%2B02:00&to=2020-01-01t00:00:01z")]
    [InlineData("from=2020-01-01T02:00:00+02:00&to=2020-01-01T00:00:01-00:00")]
    [InlineData("from=2020-01-01T02:00:00.5%2B02:00&to=2020-01-01T00:00:01Z")]
    public async Task The_ends_of_time_are_only_empty(string query) => Assert.Empty(ListClient.Ids(await new ListClient(fixture).ListAsync(query)));

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData(TestKeys.Internal, HttpStatusCode.Forbidden)]
    public async Task Others_are_refused(string? key, HttpStatusCode status)
    {
        using var http = fixture.Status.CreatePublicClient(key);
        using var answer = await http.GetAsync("/v1/notifications");

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task The_document_has_every_parameter_and_every_answer()
    {
        using var http = fixture.Status.CreatePublicClient(null);
        var document = await http.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        var operation = document.GetProperty("paths").GetProperty("/v1/notifications").GetProperty("get");

        Assert.Equal(
            ["from", "to", "status", "final", "category", "host", "correlationId", "owner", "tenant", "endpoint", "eventType", "limit", "cursor"],
            operation.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()));
        Assert.Equal(
            ["200", "400", "401", "403", "429", "503"],
            operation.GetProperty("responses").EnumerateObject().Select(answer => answer.Name).Order(StringComparer.Ordinal));
    }
}
