using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Waybill.EndToEnd.Tests.Application;
using Waybill.Notifications.Records;
using Waybill.TestSupport;
using Xunit.Abstractions;

namespace Waybill.EndToEnd.Tests.CommandLine;

/// <summary>Rules out that an export which did not come whole looks as if it had, costs the user a file, or fills the memory.</summary>
public sealed class ExportTests(ITestOutputHelper log) : IDisposable
{
    private const string Ndjson = "application/x-ndjson";
    private const int MostMebibytes = 200;

    private static readonly string Line = JsonNode.Parse(NotificationExample.View)!.ToJsonString() + "\n";

    private readonly TemporaryFolder _folder = new();

    private string ExportFile => Path.Combine(_folder.Path, "all.ndjson");

    private string PartFile => $"{ExportFile}.part";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_has_its_name_once_it_is_whole()
    {
        var mayEnd = new TaskCompletionSource();
        await using var server = await StreamAsync(async context =>
        {
            await context.Response.WriteAsync(Line);
            await mayEnd.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync(Line);
        });

        var printed = await Against(server.Url).RunAsync(
            async _ =>
            {
                await Eventually.HoldsAsync(() => File.Exists(PartFile) && File.ReadAllText(PartFile) == Line);
                Assert.False(File.Exists(ExportFile));
                mayEnd.SetResult();
            },
            ["export", "--from", "2026-11-01T00:00:00Z", "--final", "--category", "TIMEOUT", "--owner", "shop", "--output", ExportFile]);

        Assert.Equal($"{ExportFile} has 2 notifications.\n", printed.Output);
        Assert.Equal((0, ""), (printed.ExitCode, printed.Error));
        Assert.Equal(Line + Line, await File.ReadAllTextAsync(ExportFile));
        Assert.Equal([ExportFile], Directory.GetFiles(_folder.Path));
        Assert.Equal(["/v1/notifications/export?from=2026-11-01T00%3A00%3A00.000Z&final=true&category=TIMEOUT&owner=shop&format=ndjson"], server.Asked);
    }

    [Fact]
    public async Task A_stream_that_breaks_off_leaves_no_file_and_is_told()
    {
        using var server = BrokenStream();

        var printed = await Against(server.Url).RunAsync("export", "--output", ExportFile);

        Assert.Equal(3, printed.ExitCode);
        Assert.StartsWith("The export broke off before its end", printed.Error, StringComparison.Ordinal);
        Assert.Equal("", printed.Output);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task A_stream_that_breaks_off_on_its_way_to_standard_output_is_told()
    {
        using var server = BrokenStream();

        var printed = await Against(server.Url).RunAsync("export");

        Assert.Equal(3, printed.ExitCode);
        Assert.StartsWith("The export broke off before its end", printed.Error, StringComparison.Ordinal);
        Assert.Equal(Line, printed.Output);
    }

    [Fact]
    public async Task Ctrl_C_leaves_what_the_user_had()
    {
        await File.WriteAllTextAsync(ExportFile, "of yesterday");
        await using var server = await StreamAsync(async context =>
        {
            await context.Response.WriteAsync(Line);
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        });

        var printed = await Against(server.Url).RunAsync(
            async process =>
            {
                await Eventually.HoldsAsync(() => File.Exists(PartFile) && new FileInfo(PartFile).Length > 0);
                await Command.ProcessTable.SignalAsync("INT", process);
            },
            ["export", "--output", ExportFile, "--force"]);

        Assert.Equal((130, "", ""), (printed.ExitCode, printed.Output, printed.Error));
        Assert.Equal("of yesterday", await File.ReadAllTextAsync(ExportFile));
        Assert.Equal([ExportFile], Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".part")]
    public async Task A_file_that_is_there_is_written_over_only_where_the_user_says_so(string suffix)
    {
        var existing = ExportFile + suffix;
        await File.WriteAllTextAsync(existing, "of yesterday");
        await using var server = await AnsweringServer.StartAsync(Ndjson, Line);

        var refused = await Against(server.Url).RunAsync("export", "-o", ExportFile);

        Assert.Equal(2, refused.ExitCode);
        Assert.Equal($"{existing} exists already; --force writes over it.\n", refused.Error);
        Assert.Equal("of yesterday", await File.ReadAllTextAsync(existing));
        Assert.Empty(server.Asked);

        var forced = await Against(server.Url).RunAsync("export", "-o", ExportFile, "--force", "--json");

        Assert.Equal((0, 1), (forced.ExitCode, forced.Json.Number("notifications")));
        Assert.Equal(Line, await File.ReadAllTextAsync(ExportFile));
        Assert.Equal([ExportFile], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task What_a_link_leads_to_is_written_and_the_link_stays()
    {
        var link = Path.Combine(_folder.Path, "latest");
        File.CreateSymbolicLink(link, ExportFile);
        await using var server = await AnsweringServer.StartAsync(Ndjson, Line);

        var printed = await Against(server.Url).RunAsync("export", "--output", link);

        Assert.Equal(0, printed.ExitCode);
        Assert.Equal(ExportFile, new FileInfo(link).LinkTarget);
        Assert.Equal(Line, await File.ReadAllTextAsync(ExportFile));
    }

    [Fact]
    public async Task A_refusal_leaves_no_file()
    {
        var problem = """{ "type": "urn:waybill:problem:validation", "title": "Wrong.", "errors": { "from": ["must be before 'to'."] } }""";
        await using var server = await AnsweringServer.StartAsync("application/problem+json", problem, StatusCodes.Status400BadRequest);

        var printed = await Against(server.Url).RunAsync("export", "--output", ExportFile);

        Assert.Equal(2, printed.ExitCode);
        Assert.Contains("from must be before 'to'.", printed.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Who_has_read_enough_ends_it()
    {
        await using var server = await StreamAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync(Line, context.RequestAborted);
            }
        });

        var printed = await Against(server.Url).RunInShellAsync($"{Terminal.Typed} export | head -n 1; echo ${{PIPESTATUS[0]}}");

        Assert.Equal($"{Line}141\n", printed.Output);
        Assert.Equal("", printed.Error);
    }

    [Fact]
    public async Task Standard_output_may_be_a_file_that_others_write_too()
    {
        await using var server = await AnsweringServer.StartAsync(Ndjson, Line);

        var printed = await Against(server.Url).RunInShellAsync($"{{ echo begin; {Terminal.Typed} export; echo end; }} > '{ExportFile}'");

        Assert.Equal("", printed.Error);
        Assert.Equal($"begin\n{Line}end\n", await File.ReadAllTextAsync(ExportFile));
    }

    [Theory]
    [InlineData("4", @"(?m)^2 notifications, [\d,]+ a second, 50 %$")]
    [InlineData("1", @"(?m)^2 notifications, [\d,]+ a second, 99 %$")]
    [InlineData("0", @"(?m)^2 notifications, [\d,]+ a second$")]
    [InlineData(null, @"(?m)^2 notifications, [\d,]+ a second$")]
    public async Task Progress_says_how_far_it_is_where_that_is_known(string? estimate, string expected)
    {
        await using var server = await StreamAsync(context =>
        {
            context.Response.Headers["Waybill-Accepted-Estimate"] = estimate;
            return context.Response.WriteAsync(Line + Line);
        });

        var printed = await Against(server.Url).RunAsync("export", "--progress");

        Assert.Equal((0, Line + Line), (printed.ExitCode, printed.Output));
        Assert.Matches(expected, printed.Error);
        Assert.Matches(@"(?m)^2 notifications, [\d,]+ a second, in \d+\.\d s$", printed.Error);
    }

    [Fact]
    public async Task A_line_break_in_a_value_of_a_csv_is_no_notification()
    {
        await using var server = await AnsweringServer.StartAsync("text/csv; charset=utf-8", "id,correlationId\r\nntf_1,\"a\r\n\"\"b\"\"\n\"\r\nntf_2,\r\n");

        var printed = await Against(server.Url).RunAsync("export", "--format", "csv", "--output", ExportFile);

        Assert.Equal($"{ExportFile} has 2 notifications.\n", printed.Output);
        Assert.EndsWith("ntf_2,\r\n", await File.ReadAllTextAsync(ExportFile), StringComparison.Ordinal);
        Assert.Equal(["/v1/notifications/export?format=csv"], server.Asked);
    }

    [Fact]
    public async Task A_list_says_what_was_read_for_it_where_no_index_has_it()
    {
        await using var server = await AnsweringServer.StartAsync(context =>
        {
            context.Response.ContentType = "application/json";
            var isFirst = !context.Request.Query.ContainsKey("cursor");
            return context.Response.WriteAsync(isFirst ? """{ "items": [], "cursor": "next", "examined": 1000 }""" : $$"""{ "items": [{{Line}}], "examined": 234 }""");
        });

        var printed = await Against(server.Url).RunAsync("list", "--host", "example.com", "--final", "false", "--category", "TIMEOUT", "--owner", "shop");

        Assert.Equal("1,234 notifications were read for this: no index has exactly what was asked.\n", printed.Error);
        Assert.Contains(NotificationExample.Id, printed.Output, StringComparison.Ordinal);
        Assert.Equal("/v1/notifications?final=false&category=TIMEOUT&host=example.com&owner=shop&limit=50", server.Asked.First());
    }

    [Fact]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task A_million_do_not_fill_the_memory()
    {
        const int Notifications = 1_000_000;
        const int LinesOfPart = 100;

        var isSent = new TaskCompletionSource();
        var mayEnd = new TaskCompletionSource();
        var part = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Line, LinesOfPart)));
        await using var server = await StreamAsync(async context =>
        {
            for (var sent = 0; sent < Notifications; sent += LinesOfPart)
            {
                await context.Response.Body.WriteAsync(part);
            }

            isSent.SetResult();
            await mayEnd.Task.WaitAsync(context.RequestAborted);
        });

        var peak = 0;
        var printed = await Against(server.Url).RunAsync(
            async process =>
            {
                await isSent.Task.WaitAsync(Deadlines.State);
                await Eventually.HoldsAsync(() => new FileInfo(PartFile).Length == (long)Line.Length * Notifications);
                peak = PeakMemory.MebibytesOf(process);
                mayEnd.SetResult();
            },
            ["export", "--output", ExportFile]);

        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{peak} MiB at most for {new FileInfo(ExportFile).Length / 1024 / 1024} MiB"));
        Assert.Equal($"{ExportFile} has 1,000,000 notifications.\n", printed.Output);
        Assert.InRange(peak, 1, MostMebibytes - 1);
    }

    private static Terminal Against(Uri server) => new(server, server);

    private static Task<AnsweringServer> StreamAsync(RequestDelegate write) => AnsweringServer.StartAsync(context =>
    {
        context.Response.ContentType = Ndjson;
        return write(context);
    });

    private static OneAnswer BrokenStream() =>
        new($"HTTP/1.1 200 OK\r\nContent-Type: {Ndjson}\r\nTransfer-Encoding: chunked\r\n\r\n{Line.Length:x}\r\n{Line}\r\n");
}
