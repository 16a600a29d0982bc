using Waybill.EndToEnd.Tests.Application;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.CommandLine;

/// <summary>publish, events get, and the filters that notifications of events have.</summary>
[Collection(WaybillCollection.Name)]
public sealed class EventTests(WaybillFixture fixture)
{
    private readonly Terminal _terminal = new(fixture);
    private readonly string _tenant = $"cli-{Guid.NewGuid():N}";

    [Fact]
    public async Task An_event_is_published_to_those_that_take_it_and_watched_until_each_has_it()
    {
        var orders = await AddedAsync("/hook/cli-orders", "order.*");
        var all = await AddedAsync("/hook/cli-all", "*");
        await AddedAsync("/hook/cli-users", "user.*");

        var printed = await _terminal.RunAsync(
            """{ "order": 4711 }""",
            ["publish", "order.paid", "--tenant", _tenant, "--data", "-", "--correlation-id", "cli-event", "--watch", "--json"]);

        Assert.True(printed.ExitCode == 0, printed.Error);
        Assert.Equal("cli-event", printed.Json.Text("correlationId"));
        Assert.Equal(2, printed.Json.Number("matched"));
        Assert.Equal(
            new[] { orders, all }.Order(),
            printed.Json.At("notifications").EnumerateArray().Where(one => one.Text("status") == "SUCCESS").Select(one => one.Text("endpointId")).Order());

        var calls = await fixture.Receiver.CallsAsync(printed.Json.Text("id"));
        Assert.Equal(["/hook/cli-all", "/hook/cli-orders"], calls.Select(call => call.Text("path")).Order());
        Assert.All(calls, call => Assert.Equal("""{"order":4711}""", call.Text("body")));
    }

    [Fact]
    public async Task One_endpoint_that_does_not_get_it_is_told_by_exit_code_1_and_in_words()
    {
        await AddedAsync("/ok", "*");
        await AddedAsync("/status/404", "*");

        var printed = await _terminal.RunAsync("publish", "order.paid", "-t", _tenant, "--text", "paid", "--watch");

        Assert.Equal(1, printed.ExitCode);
        Assert.Contains("SUCCESS", printed.Output, StringComparison.Ordinal);
        Assert.Contains("FAILED", printed.Output, StringComparison.Ordinal);
        Assert.Contains("2 endpoints", printed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_that_nobody_takes_is_on_record()
    {
        await AddedAsync("/ok", "user.*");

        var published = await _terminal.RunAsync("publish", "order.paid", "--tenant", _tenant, "--data", "1");
        var shown = await _terminal.RunAsync("events", "get", published.Output.Split(' ')[0]);

        Assert.Equal((0, 0), (published.ExitCode, shown.ExitCode));
        Assert.Contains($"no endpoint of {_tenant} takes order.paid.", published.Output, StringComparison.Ordinal);
        Assert.Contains("0 endpoints", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_makes_a_repeat_the_same_event()
    {
        await AddedAsync("/ok", "*");
        string[] arguments = ["publish", "order.paid", "--tenant", _tenant, "--idempotency-key", Guid.NewGuid().ToString(), "--json"];

        var first = await _terminal.RunAsync(arguments);
        var second = await _terminal.RunAsync(arguments);

        Assert.Equal(first.Json.Text("id"), second.Json.Text("id"));
        Assert.Equal(first.Json.At("notifications")[0].Text("id"), second.Json.At("notifications")[0].Text("id"));
    }

    [Fact]
    public async Task A_list_and_an_export_keep_to_what_an_event_has()
    {
        var (one, other) = (await AddedAsync("/ok", "*"), await AddedAsync("/ok", "user.*"));
        await PublishedAsync("order.paid");
        await PublishedAsync("user.added");

        foreach (var command in new[] { "list", "export" })
        {
            await FindsAsync(3, command);
            await FindsAsync(2, command, "--endpoint", one);
            await FindsAsync(1, command, "--endpoint", other);
            await FindsAsync(2, command, "--event-type", "user.added");
            await FindsAsync(1, command, "--event-type", "user.added", "--endpoint", one);
            await FindsAsync(0, command, "--event-type", "user");
        }
    }

    /// <summary>An index has it a moment later.</summary>
    private async Task FindsAsync(int expected, string command, params string[] filters)
    {
        var printed = await Eventually.BecomesAsync(
            () => _terminal.RunAsync([command, "--tenant", _tenant, "--from", "10m", .. filters, "--json"]),
            found => found.ExitCode != 0 || found.JsonLines.Count == expected,
            Deadlines.State);

        Assert.True(printed.ExitCode == 0, printed.Error);
        Assert.All(printed.JsonLines, line => Assert.Equal(_tenant, line.Text("tenant")));
    }

    private async Task PublishedAsync(string type)
    {
        var printed = await _terminal.RunAsync("publish", type, "--tenant", _tenant, "--data", "1", "--watch");
        Assert.True(printed.ExitCode == 0, printed.Error);
    }

    /// <returns>The endpoint's id.</returns>
    private async Task<string> AddedAsync(string path, string type)
    {
        var printed = await _terminal.RunAsync("endpoints", "add", fixture.Receiver.Url(path), "--tenant", _tenant, "--type", type, "--json");
        Assert.True(printed.ExitCode == 0, printed.Error);
        return printed.Json.Text("id");
    }
}
