using Waybill.IntakeService.Events;
using Waybill.Notifications.Records;
using Waybill.Simulation.Engine;
using Waybill.Simulation.Runs;

namespace Waybill.Simulation.Events;

/// <summary>What a publisher posts.</summary>
internal sealed class EventScript
{
    private static readonly string[] Types = ["order.paid", "order.item.added", "user.created"];

    public EventScript(Random random, string key, TimeSpan startWithin)
    {
        Key = key;
        Id = EventIds.FromIdempotencyKey(Scenario.Owner, key);
        Type = Types[random.Next(Types.Length)];
        StartAt = startWithin * random.NextDouble();
        var deliverIn = random.Next(5) == 0 ? TimeSpan.FromSeconds(random.Next(1, 8)) : (TimeSpan?)null;

        Submission = new EventSubmission
        {
            Type = Type,
            Tenant = SimulatedTenant.Name,
            ContentType = "application/json",
            Body = Body,
            DeliverAt = SimulatedClock.Start + StartAt + deliverIn,
        };
    }

    public static byte[] Body => "{}"u8.ToArray();

    public string Key { get; }

    public string Id { get; }

    public string Type { get; }

    public TimeSpan StartAt { get; }

    public EventSubmission Submission { get; }

    /// <summary>When a publisher began to post it for the first time.</summary>
    public TimeSpan FirstAskedAt { get; set; } = TimeSpan.MaxValue;
}
