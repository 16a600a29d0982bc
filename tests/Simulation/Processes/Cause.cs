using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.StatusService.Store.Items;

namespace Waybill.Simulation.Processes;

/// <summary>Which request a status replica is working on; flows with its tasks, so that each write can be told who asked for it.</summary>
/// <param name="Route">The transition, or the method for plain requests.</param>
/// <param name="Fence">The lease token, version or due time that the request names.</param>
/// <param name="Word">The category of the result that it reports, in runs of two releases.</param>
internal sealed record Cause(SimulatedProcess Caller, string Route, string? NotificationId, string? Fence, string? Word = null)
{
    /// <summary>As the Dispatcher asks for it.</summary>
    public const string Upkeep = "POST upkeep";

    private static readonly AsyncLocal<Cause?> Flowing = new();

    /// <summary>Of which release the replica is.</summary>
    public Release Writer { get; init; }

    /// <summary>Whether it was dispatched by that, and not given up.</summary>
    /// <param name="item">As it was written.</param>
    public bool IsDispatch(Item item) => Route == StatusClient.Dispatch && item.Text(StoredNames.Status) == NotificationStatus.Queued.Text();

    public static Cause? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }
}
