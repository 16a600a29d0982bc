using System.Net;
using System.Net.Sockets;
using System.Text;
using Waybill.IntakeService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Service;

[Collection(IntakeCollection.Name)]
public sealed class RefusalTests(IntakeFixture intake)
{
    private const string Body = """{"url":"http://127.0.0.1:9/hook"}""";

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized, "unauthorized")]
    [InlineData("nobodys-key", HttpStatusCode.Unauthorized, "unauthorized")]
    [InlineData(TestKeys.Internal, HttpStatusCode.Forbidden, "forbidden")]
    public async Task Only_a_clients_key_may_submit(string? key, HttpStatusCode status, string problem)
    {
        var reply = await intake.Setup.ClientWith(key).SubmitAsync(Body);

        reply.AssertProblem(status, problem);
    }

    [Fact]
    public async Task An_operator_submits_in_its_owners_name()
    {
        var reply = await intake.Setup.ClientWith(TestKeys.Operator).SubmitAsync(Body);
        var record = await intake.Setup.Status.Client.GetAsync(reply.Id, CancellationToken.None);

        Assert.Equal("operations", record!.Owner);
    }

    [Fact]
    public async Task Wrong_fields_are_named_in_one_answer()
    {
        var reply = await intake.Alice.SubmitAsync("""{"url":"ftp://a","headers":{"Host":"b"},"retrySchedule":[1,-1]}""");

        reply.AssertProblem(HttpStatusCode.BadRequest, "validation");
        Assert.NotEmpty(reply.Errors("url"));
        Assert.NotEmpty(reply.Errors("headers.Host"));
        Assert.NotEmpty(reply.Errors("retrySchedule[1]"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"url":"http://127.0.0.1:9/",}""")]
    [InlineData("""{'url':'http://127.0.0.1:9/'}""")]
    [InlineData("""{"url":"http://127.0.0.1:9/"} {}""")]
    [InlineData("""{"url":"http://127.0.0.1:9/","timeoutSeconds":NaN}""")]
    public async Task What_is_not_json_is_refused_with_the_place(string json)
    {
        var reply = await intake.Alice.SubmitAsync(json);

        reply.AssertProblem(HttpStatusCode.BadRequest, "malformed-json");
        Assert.NotEmpty(reply.Text("detail"));
    }

    [Fact]
    public async Task What_is_not_utf8_is_refused()
    {
        var content = new ByteArrayContent([.. "{\"url\":\"http://127.0.0.1:9/\",\"payload\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");

        (await intake.Alice.SubmitAsync(content)).AssertProblem(HttpStatusCode.BadRequest, "malformed-json");
    }

    [Fact]
    public async Task Json_nested_too_deeply_is_refused()
    {
        var reply = await intake.Alice.SubmitAsync(new string('[', 100_000));

        reply.AssertProblem(HttpStatusCode.BadRequest, "malformed-json");
        Assert.Contains("depth", reply.Text("detail"));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/xml")]
    [InlineData("nonsense")]
    [InlineData(null)]
    public async Task Another_content_type_is_refused(string? contentType)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body));

        if (contentType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        (await intake.Alice.SubmitAsync(content)).AssertProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Fact]
    public async Task A_content_encoding_is_refused()
    {
        var content = new StringContent(Body, Encoding.UTF8, "application/json");
        content.Headers.ContentEncoding.Add("gzip");

        (await intake.Alice.SubmitAsync(content)).AssertProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Fact]
    public async Task A_payload_over_its_limit_is_refused_by_name()
    {
        var reply = await intake.Alice.SubmitAsync($$"""{"url":"http://127.0.0.1:9/","payloadText":"{{new string('a', (256 * 1024) + 1)}}"}""");

        reply.AssertProblem(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        Assert.Contains("at most 262144 bytes", reply.Errors("payloadText").Single());
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_before_it_is_sent()
    {
        var reply = await intake.Alice.SubmitAsync(new string(' ', 600 * 1024));

        reply.AssertProblem(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_refused_while_it_streams_in()
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, intake.Setup.Intake.Url.Port);
        var stream = connection.GetStream();

        // One chunk over the limit, and no last chunk: the answer comes although the body has not ended.
        var chunk = new string(' ', (512 * 1024) + 1);
        var head = $"POST /v1/notifications HTTP/1.1\r\nHost: intake\r\nAuthorization: Bearer {TestKeys.Alice}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{head}{chunk.Length:x}\r\n{chunk}\r\n"));

        using var reader = new StreamReader(stream);
        Assert.StartsWith("HTTP/1.1 413", await reader.ReadLineAsync());
    }

    [Fact]
    public async Task Another_method_is_refused() =>
        (await intake.Alice.GetAsync("/v1/notifications")).AssertProblem(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
}
