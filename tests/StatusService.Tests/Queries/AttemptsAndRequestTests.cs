using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Queries;

[Collection(StatusCollection.Name)]
public sealed class AttemptsAndRequestTests(StatusFixture fixture)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Each_attempt_is_an_entry_and_a_redelivery_counts_on_in_the_next_epoch()
    {
        var id = await AcceptAsync(Submissions.New().Request);
        Assert.Empty((await GetAsync(id, "attempts")).GetProperty("items").EnumerateArray());

        await AttemptAsync(id, epoch: 0, Results.ClientError());
        await fixture.Status.Client.RedeliverAsync(id, None);
        await AttemptAsync(id, epoch: 1, Results.Success(attempt: 2));

        var items = (await GetAsync(id, "attempts")).GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal([1, 2], items.Select(item => item.GetProperty("number").GetInt32()));
        Assert.Equal([0, 1], items.Select(item => item.GetProperty("epoch").GetInt32()));
        Assert.Equal(["CLIENT_ERROR", "SUCCESS"], items.Select(item => item.GetProperty("category").GetString()));
        Assert.Equal("http_404", items[0].GetProperty("errorCode").GetString());
    }

    [Fact]
    public async Task The_request_is_shown_as_it_is_sent()
    {
        var id = await AcceptAsync(Request("""{"n":1.50,"n":2}"""u8.ToArray(), "application/vnd.orders+json; charset=utf-8") with
        {
            Method = "PUT",
            Url = "https://example.com/hook?token=shown",
            Headers = new Dictionary<string, string> { ["X-Zeta"] = "1", ["Accept"] = "*/*" },
        });

        using var http = fixture.Status.CreatePublicClient(TestKeys.Alice);

        Assert.Equal(
            """{"method":"PUT","url":"https://example.com/hook?token=shown","headers":{"X-Zeta":"1","Accept":"*/*"},"contentType":"application/vnd.orders+json; charset=utf-8","payload":{"n":1.50,"n":2}}""",
            await http.GetStringAsync($"/v1/notifications/{id}/request"));
    }

    [Theory]
    [InlineData("Authorization")]
    [InlineData("proxy-authorization")]
    [InlineData("Cookie")]
    [InlineData("X-Auth")]
    [InlineData("X-Api-Key")]
    [InlineData("apikey")]
    [InlineData("X-Access-Token")]
    [InlineData("X-Client-SECRET")]
    [InlineData("Db-Password")]
    [InlineData("X-Hub-Signature-256")]
    [InlineData("X-Innocent", "Bearer hunter2")]
    public async Task A_header_that_looks_secret_is_masked(string name, string value = "hunter2")
    {
        var id = await AcceptAsync(Submissions.New().Request with { Headers = new Dictionary<string, string> { [name] = value, ["X-Order"] = "4711" } });

        var request = await GetAsync(id, "request");

        Assert.Equal("***", request.GetProperty("headers").GetProperty(name).GetString());
        Assert.Equal("4711", request.GetProperty("headers").GetProperty("X-Order").GetString());
        Assert.DoesNotContain("hunter2", request.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json", "not json", "payloadText")]
    [InlineData("text/csv", "order;4711\r\n\tä", "payloadText")]
    [InlineData("text/plain", "{}", "payloadText")]
    [InlineData("application/octet-stream", "with\0zero", "payloadBase64")]
    [InlineData("application/json", "null", "payload")]
    [InlineData("text/plain", "", "payloadText")]
    public async Task A_body_is_json_or_text_or_bytes(string contentType, string body, string field)
    {
        var bytes = Encoding.UTF8.GetBytes(body);

        var request = await GetAsync(await AcceptAsync(Request(bytes, contentType)), "request");

        Assert.Equal([field], Payloads(request));
        Assert.Equal(bytes, field switch
        {
            "payload" => Encoding.UTF8.GetBytes(request.GetProperty(field).GetRawText()),
            "payloadText" => Encoding.UTF8.GetBytes(request.GetProperty(field).GetString()!),
            _ => request.GetProperty(field).GetBytesFromBase64(),
        });
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_shown_in_base64()
    {
        byte[] bytes = [0xC3, 0x28, 0xFF];

        var request = await GetAsync(await AcceptAsync(Request(bytes, "application/json")), "request");

        Assert.Equal(bytes, request.GetProperty("payloadBase64").GetBytesFromBase64());
    }

    [Fact]
    public async Task A_request_without_a_body_has_no_payload()
    {
        var request = await GetAsync(await AcceptAsync(Request(null, null) with { Method = "GET" }), "request");

        Assert.Empty(Payloads(request));
        Assert.False(request.TryGetProperty("contentType", out _));
    }

    [Fact]
    public async Task Json_as_deep_as_intake_takes_it_is_shown()
    {
        var deep = Encoding.UTF8.GetBytes(new string('[', 255) + new string(']', 255));
        var id = await AcceptAsync(Request(deep, "application/json"));
        using var http = fixture.Status.CreatePublicClient(TestKeys.Alice);

        Assert.EndsWith($"\"payload\":{Encoding.UTF8.GetString(deep)}}}", await http.GetStringAsync($"/v1/notifications/{id}/request"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "attempts", HttpStatusCode.Unauthorized)]
    [InlineData(null, "request", HttpStatusCode.Unauthorized)]
    [InlineData(TestKeys.Internal, "attempts", HttpStatusCode.Forbidden)]
    [InlineData(TestKeys.Internal, "request", HttpStatusCode.Forbidden)]
    [InlineData(TestKeys.Bob, "attempts", HttpStatusCode.NotFound)]
    [InlineData(TestKeys.Bob, "request", HttpStatusCode.NotFound)]
    [InlineData(TestKeys.Operator, "attempts", HttpStatusCode.OK)]
    [InlineData(TestKeys.Operator, "request", HttpStatusCode.OK)]
    public async Task Only_the_owner_and_operators_see_them(string? key, string what, HttpStatusCode expected)
    {
        var id = await AcceptAsync(Submissions.New().Request);
        using var http = fixture.Status.CreatePublicClient(key);

        using var answer = await http.GetAsync($"/v1/notifications/{id}/{what}");

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK ? "application/json" : "application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("attempts", "items")]
    [InlineData("request", "headers")]
    public async Task The_document_has_both_with_every_answer(string what, string field)
    {
        using var http = fixture.Status.CreatePublicClient(null);
        var document = await http.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        var answers = document.GetProperty("paths").GetProperty($"/v1/notifications/{{id}}/{what}").GetProperty("get").GetProperty("responses");
        var schema = answers.GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString()!;

        Assert.Equal(["200", "401", "403", "404", "429", "503"], answers.EnumerateObject().Select(answer => answer.Name).Order(StringComparer.Ordinal));
        Assert.True(document.GetProperty("components").GetProperty("schemas").GetProperty(schema.Split('/')[^1]).GetProperty("properties").TryGetProperty(field, out _));
    }

    private static NotificationRequest Request(byte[]? body, string? contentType) =>
        Submissions.New().Request with { Body = body, ContentType = contentType };

    private static IEnumerable<string> Payloads(JsonElement request) =>
        request.EnumerateObject().Select(field => field.Name).Where(name => name.StartsWith("payload", StringComparison.Ordinal));

    private async Task<string> AcceptAsync(NotificationRequest request)
    {
        var accepted = await fixture.Status.Client.AcceptAsync(Submissions.New() with { Request = request }, None);
        return accepted.Record!.Id;
    }

    private async Task AttemptAsync(string id, int epoch, DeliveryResult result)
    {
        var (claim, _) = await fixture.Status.Client.ClaimAsync(id, new ClaimRequest("test"), None);
        var outcome = await fixture.Status.Client.ResultAsync(id, new ResultRequest(claim!.Record.Lease!.Token, epoch, result, null), None);
        Assert.True(outcome.Applied);
    }

    private async Task<JsonElement> GetAsync(string id, string what)
    {
        using var http = fixture.Status.CreatePublicClient(TestKeys.Alice);
        return await http.GetFromJsonAsync<JsonElement>($"/v1/notifications/{id}/{what}");
    }
}
