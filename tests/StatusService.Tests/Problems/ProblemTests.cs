using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Waybill.Notifications.Records;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Problems;

/// <summary>Problems that no other test here is about; with those, every one that this service can answer.</summary>
[Collection(StatusCollection.Name)]
public sealed class ProblemTests(StatusFixture fixture)
{
    [Theory]
    [InlineData("GET", "/v1/nothing", HttpStatusCode.NotFound, "not-found")]
    [InlineData("GET", "/nothing", HttpStatusCode.NotFound, "not-found")]
    [InlineData("POST", "/v1/notifications", HttpStatusCode.MethodNotAllowed, "method-not-allowed")]
    [InlineData("DELETE", "/v1/summary", HttpStatusCode.MethodNotAllowed, "method-not-allowed")]
    public async Task A_path_or_method_that_is_not_there_is_a_problem(string method, string path, HttpStatusCode status, string problem)
    {
        using var http = fixture.Status.CreatePublicClient(TestKeys.Alice);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await http.SendAsync(request);

        await AssertProblemAsync(answer, status, problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/attempts")]
    [InlineData("/request")]
    public async Task Another_owners_notification_is_answered_byte_for_byte_like_one_that_does_not_exist(string part)
    {
        var id = (await fixture.Status.Client.AcceptAsync(Submissions.New(owner: "alice"), CancellationToken.None)).Record!.Id;
        using var bob = fixture.Status.CreatePublicClient(TestKeys.Bob);

        var foreign = await TextAsync(bob, $"/v1/notifications/{id}{part}");
        var unknown = await TextAsync(bob, $"/v1/notifications/{NotificationId.New(DateTimeOffset.UtcNow)}{part}");

        Assert.Equal(unknown, foreign);
    }

    [Fact]
    public async Task What_cannot_be_read_is_a_trouble_of_the_record_that_names_it()
    {
        var item = StateItem.New(Submissions.New(), DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        item.Remove(StoredNames.Owner);
        item.Remove(StoredNames.CreatedShard);
        item.Remove(StoredNames.DueShard);
        await fixture.Backends.DynamoDbClient.PutItemAsync(TableDefinition.DefaultName, item);
        using var http = fixture.Status.CreatePublicClient(TestKeys.Operator);

        using var answer = await http.GetAsync($"/v1/notifications/{item[StoredNames.Id].S}");
        var problem = await AssertProblemAsync(answer, HttpStatusCode.InternalServerError, "record-trouble");

        Assert.Equal(["detail", "id", "status", "title", "traceId", "type"], problem.EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
    }

    private static async Task<string> TextAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path);
        var problem = await AssertProblemAsync(answer, HttpStatusCode.NotFound, "not-found");

        return answer.Headers.ToString().Split('\n').Where(line => !line.StartsWith("Date", StringComparison.Ordinal)).Aggregate("", (all, line) => all + line)
            + problem.GetRawText().Replace(problem.GetProperty("traceId").GetString()!, "", StringComparison.Ordinal);
    }

    private static async Task<JsonElement> AssertProblemAsync(HttpResponseMessage answer, HttpStatusCode status, string name)
    {
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal((status, $"urn:waybill:problem:{name}"), (answer.StatusCode, problem.GetProperty("type").GetString()));
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return problem;
    }
}
