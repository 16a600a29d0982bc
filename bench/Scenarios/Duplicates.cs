namespace Waybill.Bench.Scenarios;

/// <summary>SQS may deliver a message more than once: each is in the queue twice, and the receiver must see one call.</summary>
internal static class Duplicates
{
    public static Scenario Scenario { get; } = new("duplicates", "Every message is in the queue twice; each notification is to be delivered once.")
    {
        Count = 2000,
        PerSecond = 100,
        CopiesMessages = true,
    };
}
