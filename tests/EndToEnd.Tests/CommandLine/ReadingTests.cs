using System.Reflection;
using Waybill.EndToEnd.Tests.Application;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.CommandLine;

/// <summary>get, list, export, watch, redeliver and tail.</summary>
[Collection(WaybillCollection.Name)]
public sealed class ReadingTests(WaybillFixture fixture)
{
    private readonly Terminal _terminal = new(fixture);
    private readonly string _correlation = Guid.NewGuid().ToString();

    [Fact]
    public async Task It_tells_the_version_that_all_of_Waybill_has()
    {
        var told = await _terminal.RunAsync("--version");

        Assert.Equal(0, told.ExitCode);
        Assert.Equal(
            typeof(ReadingTests).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0],
            told.Output.Trim().Split('+')[0]);
    }

    [Fact]
    public async Task A_notification_and_its_request_are_shown()
    {
        var id = await AcceptedAsync("/ok");
        await fixture.Waybill.DeliveredAsync(id);

        var shown = await _terminal.RunAsync("get", id);
        var request = await _terminal.RunAsync("get", id, "--request");

        Assert.Equal(0, shown.ExitCode);
        Assert.Contains($"{id}  SUCCESS", shown.Output, StringComparison.Ordinal);
        Assert.Contains(_correlation, shown.Output, StringComparison.Ordinal);
        Assert.Contains("attempt  1", shown.Output, StringComparison.Ordinal);
        Assert.StartsWith($"POST {fixture.Receiver.Url("/ok")}", request.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_keeps_to_its_filters_and_its_limit()
    {
        var ids = new List<string> { await AcceptedAsync("/ok"), await AcceptedAsync("/ok"), await AcceptedAsync("/ok") };

        var all = await _terminal.RunAsync("list", "--correlation-id", _correlation, "--from", "10m", "--json");
        var two = await _terminal.RunAsync("list", "--correlation-id", _correlation, "--limit", "2");

        Assert.Equal(ids.Order(), all.JsonLines.Select(line => line.Text("id")).Order());
        Assert.Equal(2, two.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task A_list_and_an_export_keep_to_every_filter()
    {
        string[] ids = [await AcceptedAsync("/ok"), await AcceptedAsync("/status/404"), await AcceptedAsync("/ok")];
        await Task.WhenAll(fixture.Waybill.DeliveredAsync(ids[0]), fixture.Waybill.FailedAsync(ids[1]), fixture.Waybill.DeliveredAsync(ids[2]));
        var owner = (await fixture.Waybill.GetAsync(ids[0])).Json.Text("owner");
        string[] mine = ["--correlation-id", _correlation, "--owner", owner, "--from", "10m"];

        foreach (var command in new[] { "list", "export" })
        {
            Assert.Equal(ids.Reverse(), await IdsAsync([command, .. mine]));
            Assert.Equal(ids.Reverse(), await IdsAsync([command, .. mine, "--final"]));
            Assert.Empty(await IdsAsync([command, .. mine, "--final", "false"]));
            Assert.Equal([ids[1]], await IdsAsync([command, .. mine, "--category", "CLIENT_ERROR"]));
            Assert.Equal([ids[1]], await IdsAsync([command, .. mine, "--status", "FAILED"]));
            Assert.Empty(await IdsAsync([command, .. mine, "--host", "elsewhere.example"]));
            Assert.Empty(await IdsAsync([command, .. mine, "--to", "5m"]));
        }

        // The index has those of the correlation id, and not which of them succeeded.
        Assert.StartsWith("3 notifications were read for this", (await _terminal.RunAsync(["list", .. mine, "--status", "SUCCESS"])).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_is_written_to_a_file_for_a_spreadsheet()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "all.csv");
        string[] ids = [await AcceptedAsync("/ok"), await AcceptedAsync("/ok")];

        var exported = await _terminal.RunAsync("export", "--correlation-id", _correlation, "--format", "csv", "--output", file, "--json");
        var lines = await File.ReadAllLinesAsync(file);

        Assert.Equal((0, ""), (exported.ExitCode, exported.Error));
        Assert.Equal(ids.Length, exported.Json.Number("notifications"));
        Assert.StartsWith("id,owner,status,", lines[0], StringComparison.Ordinal);
        Assert.Equal(ids.Reverse(), lines.Skip(1).Select(line => line.Split(',')[0]));
    }

    [Fact]
    public async Task An_export_of_a_window_tells_what_part_of_it_has_come()
    {
        await AcceptedAsync("/ok");

        // Counters have it a few seconds later.
        var exported = await Eventually.BecomesAsync(
            () => _terminal.RunAsync("export", "--from", "10m", "--progress"),
            printed => printed.ExitCode != 0 || printed.Error.Contains(" %", StringComparison.Ordinal),
            Deadlines.State);

        Assert.Equal(0, exported.ExitCode);
        Assert.Contains(_correlation, exported.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^[\d,]+ notifications, [\d,]+ a second, \d+ %$", exported.Error);
    }

    [Fact]
    public async Task What_has_failed_is_delivered_once_more_and_watched()
    {
        var id = await AcceptedAsync("/status/404");
        await fixture.Waybill.FailedAsync(id);

        var redelivered = await _terminal.RunAsync("redeliver", id, "--watch", "--json");

        Assert.Equal(1, redelivered.ExitCode);
        Assert.Equal(1, redelivered.Json.Number("epoch"));
        Assert.Equal(2, (await fixture.Receiver.CallsAsync(id)).Count);
    }

    [Fact]
    public async Task What_has_failed_is_redelivered_in_bulk_with_its_progress()
    {
        string[] ids = [await AcceptedAsync("/status/410"), await AcceptedAsync("/status/410")];
        await Task.WhenAll(ids.Select(fixture.Waybill.FailedAsync));

        var job = await Eventually.BecomesAsync(
            () => _terminal.RunAsync("redeliver", "--from", "5m", "--category", "CLIENT_ERROR", "--rate", "200", "--json"),
            printed => printed.ExitCode != 0 || printed.Json.Number("counts.matched") >= ids.Length,
            Deadlines.State);

        Assert.Equal(0, job.ExitCode);
        Assert.Equal("COMPLETED", job.Json.Text("status"));
        Assert.Contains("goes on by itself", job.Error, StringComparison.Ordinal);
        await Task.WhenAll(ids.Select(id => fixture.Waybill.RecordAsync(id, record => record.Number("epoch") >= 1)));
    }

    [Fact]
    public async Task A_tail_prints_what_comes_and_ends_with_Ctrl_C()
    {
        var expected = "";

        var exitCode = await _terminal.RunUntilAsync(
            line => line.Contains(expected, StringComparison.Ordinal) && line.Contains("SUCCESS", StringComparison.Ordinal),
            async () => expected = await AcceptedAsync("/ok"),
            "tail",
            "--since",
            "1m",
            "--correlation-id",
            _correlation);

        Assert.Equal(130, exitCode);
    }

    private async Task<IEnumerable<string>> IdsAsync(string[] arguments)
    {
        var printed = await _terminal.RunAsync([.. arguments, "--json"]);

        Assert.Equal(0, printed.ExitCode);
        return printed.JsonLines.Select(line => line.Text("id"));
    }

    private Task<string> AcceptedAsync(string path) =>
        fixture.Waybill.AcceptedAsync($$"""{ "url": "{{fixture.Receiver.Url(path)}}", "correlationId": "{{_correlation}}" }""");
}
