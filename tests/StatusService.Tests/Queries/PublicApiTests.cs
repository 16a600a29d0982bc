using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Queries;

[Collection(StatusCollection.Name)]
public sealed class PublicApiTests(StatusFixture fixture)
{
    [Fact]
    public async Task An_owner_reads_its_own_notification()
    {
        var id = await Accept();

        var record = await Get(TestKeys.Alice, id);

        Assert.Equal(id, record.GetProperty("id").GetString());
        Assert.Equal("PENDING", record.GetProperty("status").GetString());
        Assert.Equal("alice", record.GetProperty("owner").GetString());
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", record.GetProperty("traceId").GetString());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", record.GetProperty("createdAt").GetString());
        Assert.False(record.TryGetProperty("fingerprint", out _));
        Assert.False(record.TryGetProperty("lease", out _));
    }

    [Fact]
    public async Task An_operator_reads_everybodys()
    {
        var id = await Accept();

        Assert.Equal(id, (await Get(TestKeys.Operator, id)).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized, "unauthorized")]
    [InlineData("wrong-key", HttpStatusCode.Unauthorized, "unauthorized")]
    [InlineData(TestKeys.Internal, HttpStatusCode.Forbidden, "forbidden")]
    [InlineData(TestKeys.Bob, HttpStatusCode.NotFound, "not-found")]
    public async Task Others_are_refused_with_a_problem(string? key, HttpStatusCode status, string problem)
    {
        var id = await Accept();
        using var http = fixture.Status.CreatePublicClient(key);

        using var answer = await http.GetAsync($"/v1/notifications/{id}");

        await AssertProblem(answer, status, problem);
    }

    [Theory]
    [InlineData("ntf_00000000000000000000000000")]
    [InlineData("not-an-id")]
    public async Task An_unknown_id_is_not_found(string id)
    {
        using var http = fixture.Status.CreatePublicClient(TestKeys.Operator);

        using var answer = await http.GetAsync($"/v1/notifications/{id}");

        await AssertProblem(answer, HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task The_internal_api_does_not_answer_on_the_public_port_nor_the_public_one_on_the_internal_port()
    {
        var id = await Accept();
        using var wrongPort = fixture.Status.CreatePublicClient(TestKeys.Internal);
        using var internalPort = fixture.Status.CreateInternalClient(TestKeys.Operator);

        using var internalOnPublic = await wrongPort.GetAsync(StatusRoutes.Of(id));
        using var publicOnInternal = await internalPort.GetAsync($"/v1/notifications/{id}");

        await AssertProblem(internalOnPublic, HttpStatusCode.NotFound, "not-found");
        await AssertProblem(publicOnInternal, HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData(TestKeys.Operator, HttpStatusCode.Forbidden)]
    public async Task The_internal_api_takes_its_own_key_only(string? key, HttpStatusCode status)
    {
        using var http = fixture.Status.CreateInternalClient(key);

        using var answer = await http.GetAsync(StatusRoutes.Of(NotificationId.New(DateTimeOffset.UtcNow)));

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task The_document_of_the_public_api_is_served_and_says_nothing_of_the_internal_one()
    {
        using var http = fixture.Status.CreatePublicClient(null);

        var document = await http.GetStringAsync("/openapi/v1.json");

        Assert.Contains("/v1/notifications/{id}", document, StringComparison.Ordinal);
        Assert.DoesNotContain("/internal", document, StringComparison.Ordinal);
    }

    private async Task<string> Accept() => (await fixture.Status.Client.AcceptAsync(Submissions.New(), CancellationToken.None)).Record!.Id;

    private async Task<JsonElement> Get(string key, string id)
    {
        using var http = fixture.Status.CreatePublicClient(key);
        return await http.GetFromJsonAsync<JsonElement>($"/v1/notifications/{id}");
    }

    private static async Task AssertProblem(HttpResponseMessage answer, HttpStatusCode status, string name)
    {
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("urn:waybill:problem:" + name, problem.GetProperty("type").GetString());
        Assert.Matches("^[0-9a-f]{32}$", problem.GetProperty("traceId").GetString());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
    }
}
