using System.Text.Json;
using Waybill.EndToEnd.Tests.Application;

namespace Waybill.EndToEnd.Tests.CommandLine;

/// <summary>endpoints: added, shown, changed, tested, rotated and removed. Rules out that a secret is printed by anything but what is for it.</summary>
[Collection(WaybillCollection.Name)]
public sealed class EndpointTests(WaybillFixture fixture)
{
    private const string Secret = "whsec_";

    private readonly Terminal _terminal = new(fixture);
    private readonly string _tenant = $"cli-{Guid.NewGuid():N}";

    [Fact]
    public async Task An_endpoint_is_added_with_every_field_and_only_then_and_on_demand_its_secret_is_told()
    {
        var url = fixture.Receiver.Url("/hook/cli-endpoint");

        var added = await RunAsync(
            "add", url, "--type", "order.*", "--type", "user.added", "--description", "Orders", "-H", "X-Shop: 42", "--timeout", "7", "--retries", "1,2", "--json");
        var id = added.Json.Text("id");
        var shown = await RunAsync("get", id, "--json");
        var listed = await RunAsync("list", "--json");
        var secret = await RunAsync("secret", id);

        Assert.Equal(url, shown.Json.Text("url"));
        Assert.Equal(["order.*", "user.added"], shown.Json.At("types").EnumerateArray().Select(type => type.GetString()));
        Assert.Equal("Orders", shown.Json.Text("description"));
        Assert.Equal("42", shown.Json.Text("headers.X-Shop"));
        Assert.Equal(7, shown.Json.Number("timeoutSeconds"));
        Assert.Equal("[1,2]", JsonSerializer.Serialize(shown.Json.At("retrySchedule")));
        Assert.Equal(0, shown.Json.Number("lastDay.accepted"));
        Assert.Equal([id], listed.JsonLines.Select(line => line.Text("id")));
        Assert.StartsWith(Secret, added.Json.Text("secret"), StringComparison.Ordinal);
        Assert.Equal(added.Json.Text("secret"), secret.Output.Trim());
        Assert.All([shown, listed], printed => Assert.DoesNotContain(Secret, printed.Output + printed.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_endpoint_is_changed_where_it_is_said_and_nowhere_else()
    {
        var id = await AddedAsync("/ok", "--type", "order.*", "--timeout", "7", "--description", "Orders");

        var changed = await RunAsync("set", id, "--url", fixture.Receiver.Url("/hook/repaired"), "--reset", "timeout", "--if-version", "1", "--json");
        var stale = await _terminal.RunAsync("endpoints", "set", id, "--tenant", _tenant, "--type", "*", "--if-version", "1");
        var text = await RunAsync("get", id);

        Assert.Equal(2, changed.Json.Number("version"));
        Assert.Equal(15, changed.Json.Number("timeoutSeconds"));
        Assert.Equal("Orders", changed.Json.Text("description"));
        Assert.Equal(2, stale.ExitCode);
        Assert.Contains("version 2", stale.Error, StringComparison.Ordinal);
        Assert.Contains($"{id}  ACTIVE", text.Output, StringComparison.Ordinal);
        Assert.Contains("/hook/repaired", text.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, changed.Output + text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_is_rotated_and_the_old_one_kept_for_a_while()
    {
        var id = await AddedAsync("/ok", "--type", "*");
        var old = (await RunAsync("secret", id, "--json")).Json.Text("secret");

        var rotated = await RunAsync("rotate", id, "--keep-old-until", "1h", "--json");
        var now = (await RunAsync("secret", id)).Output.Trim();

        Assert.NotEqual(old, now);
        Assert.Equal(now, rotated.Json.Text("secret"));
        Assert.InRange(rotated.Json.Time("oldSecretUntil"), DateTimeOffset.UtcNow.AddMinutes(50), DateTimeOffset.UtcNow.AddMinutes(61));
    }

    [Fact]
    public async Task A_test_goes_to_the_endpoint_alone_and_is_followed_to_its_end()
    {
        var id = await AddedAsync("/hook/cli-test", "--type", "never.sent");
        await AddedAsync("/hook/cli-other", "--type", "never.sent");

        var tested = await RunAsync("test", id, "--watch", "--json");

        var notification = Assert.Single(tested.Json.At("notifications").EnumerateArray().ToList());
        Assert.Equal(id, notification.Text("endpointId"));
        Assert.Equal("SUCCESS", notification.Text("status"));
        Assert.Equal("waybill.test", tested.Json.Text("type"));
        Assert.Equal("/hook/cli-test", Assert.Single(await fixture.Receiver.CallsAsync(tested.Json.Text("id"))).Text("path"));
    }

    [Fact]
    public async Task An_endpoint_is_paused_and_what_waits_for_it_says_until_when_and_goes_out_when_it_is_resumed()
    {
        var id = await AddedAsync("/hook/cli-paused", "--type", "*", "--max-per-second", "50");

        var paused = await RunAsync("pause", id, "--for", "2h");
        var published = await _terminal.RunAsync("publish", "order.paid", "--tenant", _tenant, "--data", "{}", "--json");
        var notification = published.Json.At("notifications")[0].Text("id");
        var held = await _terminal.RunAsync("get", notification);
        var listed = await RunAsync("list");
        var unwell = await _terminal.RunAsync("endpoints", "unwell");
        var resumed = await RunAsync("resume", id, "--json");
        var watched = await _terminal.RunAsync("watch", notification, "--json");

        Assert.Contains($"{id}  PAUSED", paused.Output, StringComparison.Ordinal);
        Assert.Contains("50 calls a second", paused.Output, StringComparison.Ordinal);
        Assert.Matches(@"waits +ENDPOINT_PAUSED until 20\S+Z \(in [0-9]+ min\)", held.Output);
        Assert.Contains("PAUSED", listed.Output, StringComparison.Ordinal);
        Assert.Contains(unwell.Output.Split('\n'), line => line.Contains($"{id}  PAUSED  {_tenant}", StringComparison.Ordinal));
        Assert.Equal("ACTIVE", resumed.Json.Text("status"));
        Assert.Equal("SUCCESS", watched.Json.Text("status"));
    }

    [Fact]
    public async Task An_endpoint_is_disabled_and_enabled_and_what_does_not_fit_is_said()
    {
        var id = await AddedAsync("/ok", "--type", "*", "--paused");

        var disabled = await RunAsync("disable", id);
        var pause = await _terminal.RunAsync("endpoints", "pause", id, "--tenant", _tenant, "--until", "2020-01-01T00:00:00Z");
        var enabled = await RunAsync("enable", id, "--json");
        var again = await _terminal.RunAsync("endpoints", "enable", id, "--tenant", _tenant);
        var neither = await _terminal.RunAsync("endpoints", "pause", id, "--tenant", _tenant);

        Assert.Contains($"{id}  DISABLED", disabled.Output, StringComparison.Ordinal);
        Assert.Matches("reason +BY_OWNER", disabled.Output);
        Assert.Contains("until", pause.Error, StringComparison.Ordinal);
        Assert.Equal("ACTIVE", enabled.Json.Text("status"));
        Assert.Contains("The endpoint is ACTIVE.", again.Error, StringComparison.Ordinal);
        Assert.Contains("Give either --until or --for.", neither.Error, StringComparison.Ordinal);
        Assert.All([pause, again, neither], printed => Assert.NotEqual(0, printed.ExitCode));
    }

    [Fact]
    public async Task What_is_removed_is_gone()
    {
        var id = await AddedAsync("/ok", "--type", "*");

        var removed = await RunAsync("remove", id);
        var shown = await _terminal.RunAsync("endpoints", "get", id, "--tenant", _tenant);

        Assert.Equal("", removed.Output);
        Assert.Contains($"{id} is removed.", removed.Error, StringComparison.Ordinal);
        Assert.Equal(2, shown.ExitCode);
        Assert.Contains("There is no such endpoint.", shown.Error, StringComparison.Ordinal);
        Assert.Equal("", (await RunAsync("list")).Output);
    }

    /// <returns>Its id.</returns>
    private async Task<string> AddedAsync(string path, params string[] options) =>
        (await RunAsync(["add", fixture.Receiver.Url(path), .. options, "--json"])).Json.Text("id");

    /// <summary>About this test's own tenant; it succeeds.</summary>
    private async Task<Printed> RunAsync(params string[] arguments)
    {
        var printed = await _terminal.RunAsync(["endpoints", .. arguments, "--tenant", _tenant]);
        Assert.True(printed.ExitCode == 0, printed.Error);
        return printed;
    }
}
