using System.Net;
using System.Net.Sockets;
using System.Text;
using Waybill.IntakeService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Service;

/// <summary>Problems that no other test here is about; with those, every one that this service can answer.</summary>
[Collection(IntakeCollection.Name)]
public sealed class OtherProblemTests(IntakeFixture intake)
{
    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized, "unauthorized")]
    [InlineData(TestKeys.Alice, HttpStatusCode.Forbidden, "forbidden")]
    public async Task The_queues_depth_is_for_operators(string? key, HttpStatusCode status, string problem) =>
        (await intake.Setup.ClientWith(key).GetAsync("/v1/queue")).AssertProblem(status, problem);

    [Fact]
    public async Task The_queues_depth_is_not_known_while_the_queue_is_down()
    {
        var operations = intake.Setup.ClientWith(TestKeys.Operator);
        Assert.Equal(HttpStatusCode.OK, (await operations.GetAsync("/v1/queue")).StatusCode);

        await using var outage = await intake.Setup.KillQueueAsync();
        var reply = await operations.GetAsync("/v1/queue");

        reply.AssertProblem(HttpStatusCode.ServiceUnavailable, "queue-unavailable");
        Assert.Equal("5", reply.Headers["Retry-After"]);
    }

    [Fact]
    public async Task A_path_that_is_not_there_is_not_found() =>
        (await intake.Alice.GetAsync("/v1/nothing")).AssertProblem(HttpStatusCode.NotFound, "not-found");

    [Fact]
    public async Task A_body_that_is_no_http_is_a_bad_request()
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, intake.Setup.Intake.Url.Port);
        var stream = connection.GetStream();

        var head = $"POST /v1/notifications HTTP/1.1\r\nHost: intake\r\nAuthorization: Bearer {TestKeys.Alice}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{head}no-length\r\n"));

        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 400", answer);
        Assert.Contains("urn:waybill:problem:bad-request", answer, StringComparison.Ordinal);
    }
}
