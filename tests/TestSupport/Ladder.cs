namespace Waybill.TestSupport;

/// <summary>
/// Two rungs. <c>dotnet test</c> runs what finds most in five minutes; with <c>WAYBILL_TESTS=full</c>, as in <c>.ci/run</c>, all. A test
/// belongs to the full run alone by <c>[Trait(Ladder.Name, Ladder.Full)]</c>; docs/testing.md says when it should.
/// </summary>
public static class Ladder
{
    public const string Name = "Ladder";

    public const string Full = "Full";

    /// <summary>For tests that do more of the same in the full run.</summary>
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("WAYBILL_TESTS") == "full";
}
