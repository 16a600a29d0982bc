using Waybill.EndToEnd.Tests.Application;

namespace Waybill.EndToEnd.Tests.CommandLine;

/// <summary>send: one, watched or not, or a file of them.</summary>
[Collection(WaybillCollection.Name)]
public sealed class SendingTests(WaybillFixture fixture)
{
    private readonly Terminal _terminal = new(fixture);
    private readonly ReceiverClient _receiver = fixture.Receiver;

    [Fact]
    public async Task A_notification_is_sent_with_every_field_and_watched_until_it_is_delivered()
    {
        var printed = await _terminal.RunAsync(
            """{ "order": 4711 }""",
            ["send", _receiver.Url("/hook/cli"), "--data", "-", "-X", "PUT", "-H", "X-Order: 4711", "--correlation-id", "cli-1", "--timeout", "5", "--retries", "1,2", "--watch", "--json"]);

        Assert.Equal("", printed.Error.Contains("Unhandled", StringComparison.Ordinal) ? printed.Error : "");
        Assert.Equal(0, printed.ExitCode);
        Assert.Equal("SUCCESS", printed.Json.Text("status"));
        Assert.Equal("cli-1", printed.Json.Text("correlationId"));
        Assert.Equal(3, printed.Json.Number("maxAttempts"));

        var call = Assert.Single(await _receiver.CallsAsync(printed.Json.Text("id")));
        Assert.Equal("PUT", call.Text("method"));
        Assert.Equal("""{"order":4711}""", call.Text("body"));
        Assert.Equal("4711", call.Text("headers.X-Order"));
    }

    [Fact]
    public async Task Without_retries_given_the_default_schedule_holds()
    {
        var sent = await _terminal.RunAsync("send", _receiver.Url("/ok"), "--text", "hello", "--json");
        var record = (await fixture.Waybill.GetAsync(sent.Json.Text("id"))).Json;

        Assert.Equal(0, sent.ExitCode);
        Assert.Equal(10, record.Number("maxAttempts"));
    }

    [Fact]
    public async Task What_ends_FAILED_is_told_by_exit_code_1_and_in_words()
    {
        var printed = await _terminal.RunAsync("send", _receiver.Url("/status/404"), "--watch");

        Assert.Equal(1, printed.ExitCode);
        Assert.Contains("FAILED", printed.Output, StringComparison.Ordinal);
        Assert.Contains("The receiver answered 404 Not Found.", printed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_makes_a_repeat_the_same_notification()
    {
        string[] arguments = ["send", _receiver.Url("/ok"), "--idempotency-key", Guid.NewGuid().ToString(), "--json"];

        var first = await _terminal.RunAsync(arguments);
        var second = await _terminal.RunAsync(arguments);

        Assert.Equal(first.Json.Text("id"), second.Json.Text("id"));
    }

    [Fact]
    public async Task A_file_is_sent_in_batches_and_a_refused_line_is_named()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "many.ndjson");
        var good = Enumerable.Range(1, 150).Select(number => $$"""{ "url": "{{_receiver.Url("/ok")}}", "payload": {{number}} }""");
        await File.WriteAllLinesAsync(file, [.. good, "", """{ "url": "ftp://example.com" }"""]);

        var printed = await _terminal.RunAsync("send", "--file", file, "--json");

        Assert.Equal(1, printed.ExitCode);
        Assert.Equal(151, printed.JsonLines.Count);
        Assert.Equal(150, printed.JsonLines.Count(line => line.Has("id")));
        Assert.Equal(152, printed.JsonLines.Single(line => line.Has("problem")).Number("line"));
        Assert.Contains("150 stored, 1 refused.", printed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_a_slip_in_its_last_line_sends_nothing()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "slip.ndjson");
        var correlation = Guid.NewGuid().ToString();
        await File.WriteAllLinesAsync(file, [$$"""{ "url": "{{_receiver.Url("/ok")}}", "correlationId": "{{correlation}}" }""", """{ "ulr": "x" }"""]);

        var printed = await _terminal.RunAsync("send", "--file", file);
        var listed = await _terminal.RunAsync("list", "--correlation-id", correlation);

        Assert.Equal(2, printed.ExitCode);
        Assert.Contains("line 2", printed.Error, StringComparison.Ordinal);
        Assert.Equal("", listed.Output);
    }
}
