using System.Globalization;
using System.Text.Json;
using Waybill.IntakeService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.IntakeService.Tests.Service;

/// <summary>Rules out an answer without a problem to what never becomes a request; of the worker it is tested with the worker.</summary>
[Collection(IntakeCollection.Name)]
public sealed class UnreadableRequestTests(IntakeFixture intake)
{
    public static TheoryData<string> Names => [.. UnreadableRequests.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public Task Intake_answers_what_it_cannot_read_with_a_problem(string name) => AssertProblemAsync(intake.Setup.Intake.Url, name);

    [Theory]
    [MemberData(nameof(Names))]
    public Task The_status_service_answers_what_it_cannot_read_with_a_problem(string name) => AssertProblemAsync(intake.Setup.Status.PublicUrl, name);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Its_internal_port_answers_what_it_cannot_read_with_a_problem(string name) => AssertProblemAsync(intake.Setup.Status.InternalUrl, name);

    [Fact]
    public async Task An_answer_to_HEAD_has_no_body_however_unreadable_it_is()
    {
        var (head, body) = await UnreadableRequests.SendAsync(intake.Setup.Intake.Url, "HEAD /health HTTP/1.1\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", head, StringComparison.Ordinal);
        Assert.Empty(body);
    }

    [Fact]
    public async Task What_begins_with_http_2_is_told_to_use_1_1()
    {
        var (answer, _) = await UnreadableRequests.SendAsync(intake.Setup.Intake.Url, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

        // A GOAWAY frame with HTTP_1_1_REQUIRED (RFC 9113, section 7).
        Assert.EndsWith("\r", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("HTTP/1.1", answer, StringComparison.Ordinal);
    }

    internal static async Task AssertProblemAsync(Uri server, string name)
    {
        var (status, request) = UnreadableRequests.All[name];
        var (head, body) = await UnreadableRequests.SendAsync(server, request);
        var lines = head.Split("\r\n");

        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} "), lines[0], StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/problem+json", lines);
        Assert.Contains("Connection: close", lines);
        Assert.Contains($"Content-Length: {System.Text.Encoding.UTF8.GetByteCount(body)}", lines);

        var problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.StartsWith("urn:waybill:problem:", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.NotEqual("", problem.GetProperty("title").GetString());
        Assert.Matches("^[0-9a-f]{32}$", problem.GetProperty("traceId").GetString());
    }
}
