using Waybill.EndToEnd.Tests.Application;

namespace Waybill.EndToEnd.Tests.CommandLine;

/// <summary>What goes wrong is one clear message on standard error and an exit code that scripts can decide by.</summary>
[Collection(WaybillCollection.Name)]
public sealed class TroubleTests(WaybillFixture fixture)
{
    private readonly Terminal _terminal = new(fixture);

    public static TheoryData<string[], string> WrongUsage => new()
    {
        { ["send"], "Give either a URL or --file." },
        { ["send", "http://example.com", "--data", "{"], "--data must be JSON" },
        { ["send", "http://example.com", "--data", "@no-such-file"], "no-such-file" },
        { ["send", "http://example.com", "--data", "1", "--text", "a"], "at most one of --data, --text and --bytes" },
        { ["send", "http://example.com", "--header", "no colon"], "--header must be 'Name: value'" },
        { ["send", "http://example.com", "--retries", "soon"], "--retries must be seconds" },
        { ["send", "--file", "no-such-file"], "does not exist" },
        { ["list", "--from", "yesterday"], "--from must be RFC 3339" },
        { ["list", "--limit", "0"], "--limit must be 1 or more." },
        { ["list", "--status", "LOST"], "LOST" },
        { ["list", "--category", "LOST"], "LOST" },
        { ["list", "--final", "perhaps"], "perhaps" },
        { ["export", "--format", "xml"], "'csv'" },
        { ["export", "--output", ""], "--output must be a file or -." },
        { ["export", "--output", "no-such-folder/all.ndjson"], "no-such-folder" },
        { ["export", "--output", "docs"], "docs is a folder." },
        { ["export", "--output", "/dev/stdout", "--force"], "/dev/stdout is no file" },
        { ["redeliver"], "Give either an id or --from." },
        { ["redeliver", "--from", "1h", "--category", "LOST"], "LOST" },
        { ["redeliver", "--from", "1h", "--rate", "0"], "ratePerSecond" },
        { ["get", "ntf_unknown"], "There is no such notification." },
        { ["send", "ftp://example.com"], "url must be an absolute http or https URL" },
        { ["endpoints", "list"], "--tenant" },
        { ["endpoints", "list", "--tenant", "no-such-tenant"], "There is no such tenant." },
        { ["endpoints", "add", "https://example.com", "--tenant", "a"], "--type" },
        { ["endpoints", "add", "https://example.com", "--tenant", "a", "--type", "order*"], "types[0] must be an event type" },
        { ["endpoints", "add", "https://169.254.169.254", "--tenant", "a", "--type", "*"], "url must be one that is delivered to." },
        { ["endpoints", "set", "ep_unknown", "--tenant", "a"], "must have at least one of the fields" },
        { ["endpoints", "set", "ep_unknown", "--tenant", "a", "--reset", "url"], "url" },
        { ["endpoints", "set", "ep_unknown", "--tenant", "a", "--timeout", "5", "--reset", "timeout"], "Give either --timeout or --reset timeout." },
        { ["endpoints", "rotate", "ep_unknown", "--tenant", "a", "--keep-old-until", "soon"], "--keep-old-until must be RFC 3339" },
        { ["endpoints", "rotate", "ep_unknown", "--tenant", "a", "--keep-old-until", "31d"], "keepOldUntil must be at most 30 days ahead." },
        { ["endpoints", "get", "ep_unknown", "--tenant", "a"], "There is no such endpoint." },
        { ["endpoints", "get"], "'waybill endpoints get --help' tells what is allowed." },
        { ["publish", "order paid", "--tenant", "a"], "type must be segments" },
        { ["publish", "order.paid", "--tenant", "waybill"], "tenant must not be 'waybill'" },
        { ["publish", "order.paid"], "--tenant" },
        { ["events", "get", "evt_unknown"], "There is no such event." },
        { ["list", "--endpoint", "ep_"], "endpoint must be the id of an endpoint" },
        { ["listen", "localhost:3000/hook", "--endpoint", "ep_1"], "The URL must be an http or https address" },
        { ["listen", "http://localhost:3000/hook", "--endpoint", "ep_1", "--secret", "secret"], "The secret must be 'whsec_'" },
        { ["listen", "http://localhost:3000/hook"], "--endpoint" },
        { ["--status-url", "nowhere", "list"], "--status-url must be an http or https address" },
    };

    [Theory]
    [MemberData(nameof(WrongUsage))]
    public async Task Wrong_usage_is_exit_code_2_and_says_what_is_allowed(string[] arguments, string message)
    {
        var printed = await _terminal.RunAsync(arguments);

        Assert.Contains(message, printed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", printed.Error, StringComparison.Ordinal);
        Assert.Equal(2, printed.ExitCode);
        Assert.Equal("", printed.Output);
    }

    [Fact]
    public async Task A_wrong_key_is_exit_code_2_and_is_not_printed()
    {
        var printed = await new Terminal(fixture) { Key = "wrong-key-4711" }.RunAsync("list");

        Assert.Equal(2, printed.ExitCode);
        Assert.Contains("API key", printed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("4711", printed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_there_is_exit_code_3()
    {
        var printed = await new Terminal(fixture) { StatusUrl = new Uri("http://127.0.0.1:1") }.RunAsync("list");

        Assert.Equal(3, printed.ExitCode);
        Assert.Contains("127.0.0.1:1", printed.Error, StringComparison.Ordinal);
    }
}
