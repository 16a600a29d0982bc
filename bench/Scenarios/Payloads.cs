namespace Waybill.Bench.Scenarios;

/// <summary>The same load with payloads of several sizes.</summary>
internal static class Payloads
{
    private const int Kilobyte = 1024;

    public static IReadOnlyList<Scenario> Scenarios { get; } =
    [
        Of(1, count: 4000, perSecond: 200),
        Of(2, count: 4000, perSecond: 200),
        Of(20, count: 2000, perSecond: 100),
        Of(200, count: 400, perSecond: 20),
    ];

    private static Scenario Of(int kilobytes, int count, double perSecond) => new($"payload-{kilobytes}kb", $"An even load with payloads of {kilobytes} KB.")
    {
        Count = count,
        PerSecond = perSecond,
        PayloadBytes = kilobytes * Kilobyte,
    };
}
