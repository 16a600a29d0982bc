namespace Waybill.Bench.Comparing;

/// <summary>A load in a contender's turn.</summary>
/// <param name="Name">Null: it is to warm up, and nothing of it is told.</param>
/// <param name="IsEven">At the comparison's rate, and not all at once.</param>
internal sealed record Phase(string? Name, int Count, int Connections, bool IsEven = false)
{
    public const string Cold = "cold";
    public const string Full = "full, after 5,000";
    public const string Even = "even, after 20,000";
    public const string FullAndWarm = "full, after 40,000";

    private const int Few = 16;
    private const int Many = 64;

    /// <summary>From the first notification after a start to the 45,000th and somewhat more; counts are shares of that.</summary>
    /// <param name="scale">1 for what the names say; less only to try the comparison itself.</param>
    public static IReadOnlyList<Phase> Turn(double scale) =>
    [
        new(Cold, Of(1000, scale), Few),
        new(null, Of(4000, scale), Many),
        new(Full, Of(5000, scale), Many),
        new(null, Of(10_000, scale), Many),
        new(Even, Of(3000, scale), Many, IsEven: true),
        new(null, Of(17_000, scale), Many),
        new(FullAndWarm, Of(5000, scale), Many),
    ];

    /// <summary>Of those that are told, in their order.</summary>
    public static IEnumerable<string> Names => Turn(1).Select(phase => phase.Name).OfType<string>();

    /// <summary>The same, ended after the load of that name.</summary>
    /// <param name="last">One of <see cref="Names"/>.</param>
    public static IReadOnlyList<Phase> Turn(double scale, string last)
    {
        var turn = Turn(scale);
        return [.. turn.Take(turn.Index().Single(phase => phase.Item.Name == last).Index + 1)];
    }

    private static int Of(int count, double scale) => Math.Max(1, (int)(count * scale));
}
