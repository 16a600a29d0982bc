using System.Text.RegularExpressions;
using Waybill.LocalAws;
using Waybill.TestSupport;

namespace Waybill.Packages.Tests;

/// <summary>
/// Rules out that a newcomer who has nothing but the packages and a running Waybill types the walk of docs/packages.md, and an order that was committed is not
/// verified at the receiver, or is so twice: the shop is killed between its commit and its call.
/// </summary>
[Collection(PackedCollection.Name)]
[Trait(Ladder.Name, Ladder.Full)]
public sealed partial class WalkTests(Packed packed, Running running)
{
    /// <summary>As a shell has it of what SIGKILL ended.</summary>
    private const int Killed = 128 + 9;

    private readonly string _folder = packed.NewEmptyFolder();
    private readonly Uri _receiver = new($"http://127.0.0.1:{LoopbackPort.Pick()}");
    private readonly string _tenant = $"tenant-{Guid.NewGuid():N}";

    [Fact]
    public async Task An_order_whose_shop_was_killed_after_its_commit_is_verified_once_at_the_receiver()
    {
        var walk = new Queue<(string Kind, string Text)>(Blocks());

        await TypeAsync(walk.Dequeue());
        await WriteAsync("receiver", walk.Dequeue());
        await TypeAsync(walk.Dequeue());
        await using var receiver = await Tool.ServeAsync(_folder, packed.Environment, _receiver, "bash", "-c", Text(walk.Dequeue(), ""));
        await WriteAsync("shop", walk.Dequeue());

        var (exitCode, dying) = await Tool.TryAsync(_folder, Environment, "bash", "-c", Text(walk.Dequeue(), ""));
        Assert.Contains("Order 4711 is committed.", dying, StringComparison.Ordinal);
        Assert.Equal(Killed, exitCode);
        Assert.DoesNotContain(receiver.Lines, Verified().IsMatch);

        var again = await TypeAsync(walk.Dequeue());
        Assert.Contains("1 order, and 1 in the outbox.", again, StringComparison.Ordinal);
        Assert.Contains("The outbox is empty", again, StringComparison.Ordinal);
        await receiver.PrintsAsync(Verified().IsMatch);

        var list = walk.Dequeue();
        await Eventually.BecomesAsync(() => TypeAsync(list), printed => printed.Contains("SUCCESS", StringComparison.Ordinal));
        Assert.Matches("^evt_\\w+ {\"number\":\"4711\"}$", Assert.Single(receiver.Lines, line => Verified().IsMatch(line))["Verified: ".Length..]);
        Assert.Empty(walk);
    }

    private IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(packed.Environment)
    {
        ["WAYBILL_INTAKE_URL"] = running.Waybill.Intake.Url.AbsoluteUri,
        ["WAYBILL_STATUS_URL"] = running.Waybill.Status.PublicUrl.AbsoluteUri,
        ["WAYBILL_API_KEY"] = TestKeys.Alice,
    };

    /// <summary>The section's blocks, in their order.</summary>
    private static IEnumerable<(string Kind, string Text)> Blocks()
    {
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs/packages.md")).ReplaceLineEndings("\n");
        var section = document.Split("\n## ").Single(part => part.StartsWith("From your commit to their 2xx\n", StringComparison.Ordinal));

        return Block().Matches(section).Select(match => (match.Groups[1].Value, match.Groups[2].Value));
    }

    /// <summary>Ends at the first command that fails.</summary>
    private Task<string> TypeAsync((string Kind, string Text) block) => Tool.RunAsync(_folder, Environment, "bash", "-e", "-c", Text(block, ""));

    private Task WriteAsync(string project, (string Kind, string Text) block) => File.WriteAllTextAsync(Path.Combine(_folder, project, "Program.cs"), Text(block, "csharp"));

    /// <summary>Addresses, key, tenant and folder are those of here.</summary>
    private string Text((string Kind, string Text) block, string kind)
    {
        Assert.Equal(kind, block.Kind);

        return block.Text
            .Replace("/path/to/waybill/artifacts/packages", packed.Folder, StringComparison.Ordinal)
            .Replace("http://localhost:5300", _receiver.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
            .Replace("http://localhost:5101", running.Waybill.Intake.Url.AbsoluteUri, StringComparison.Ordinal)
            .Replace("http://localhost:5102", running.Waybill.Status.PublicUrl.AbsoluteUri, StringComparison.Ordinal)
            .Replace("waybill-local-key", TestKeys.Alice, StringComparison.Ordinal)
            .Replace("example-ltd", _tenant, StringComparison.Ordinal);
    }

    [GeneratedRegex("^```(.*)\n((?:.*\n)*?)```$", RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex("^Verified: ")]
    private static partial Regex Verified();
}
