using Waybill.Outbox.Tests.Support;
using Waybill.TestSupport;
using Xunit.Abstractions;

namespace Waybill.Outbox.Tests.Proof;

/// <summary>Rules out that a crash loses what was committed, sends what was not, or sends twice without an excuse; and that the proof would not notice.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class ProofTests(Databases databases, ITestOutputHelper output)
{
    /// <summary>Once at each point.</summary>
    private const int Kills = 13;

    private static readonly Guid Row = Guid.NewGuid();

    [Theory]
    [OnSqlite]
    [OnPostgres]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task Processes_that_are_killed_while_they_commit_and_relay_keep_every_promise(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);

        var verdict = await Prover.RunAsync(kind, database, Kills, seed: 1, output.WriteLine);

        Assert.True(verdict.Broken.Count == 0, verdict.ToString());
        Assert.NotEqual(0, verdict.Committed);
    }

    [Fact]
    public void What_is_lost_is_noticed() => Broken("never taken", Verdict.Of(1, [Row], [], [], left: 0));

    [Fact]
    public void What_is_left_is_noticed() => Broken("are left", Verdict.Of(1, [Row], [], [(Row, "a")], left: 1));

    [Fact]
    public void What_was_never_committed_is_noticed() => Broken("never committed", Verdict.Of(1, [], [Row], [(Row, "a")], left: 0));

    [Fact]
    public void What_one_process_sends_twice_is_noticed() => Broken("twice by one process", Verdict.Of(1, [Row], [], [(Row, "a"), (Row, "a")], left: 0));

    [Fact]
    public void What_another_process_sends_again_is_excused() => Assert.Empty(Verdict.Of(1, [Row], [], [(Row, "a"), (Row, "b")], left: 0).Broken);

    private static void Broken(string text, Verdict verdict) => Assert.Contains(text, Assert.Single(verdict.Broken), StringComparison.Ordinal);
}
