using System.Collections.Concurrent;
using MassTransit;

namespace Waybill.StandIns.Messaging.Tests.Support;

/// <summary>A handler that counts, and holds every parcel until it is told to go on.</summary>
internal sealed class Deliveries
{
    private readonly ConcurrentQueue<int> _started = new();
    private readonly ConcurrentQueue<int> _finished = new();
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyCollection<int> Started => _started;

    public IReadOnlyCollection<int> Finished => _finished;

    public static Deliveries Unhindered()
    {
        var deliveries = new Deliveries();
        deliveries.LetGo();

        return deliveries;
    }

    public void LetGo() => _gate.TrySetResult();

    public async Task Handle(ConsumeContext<Parcel> context)
    {
        _started.Enqueue(context.Message.Number);
        await _gate.Task;
        _finished.Enqueue(context.Message.Number);
    }
}
