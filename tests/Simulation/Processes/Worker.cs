using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waybill.DeliveryWorker.Delivery;
using Waybill.DeliveryWorker.Fairness;
using Waybill.DeliveryWorker.Signing;
using Waybill.Simulation.Engine;
using Waybill.Simulation.Queue;
using Waybill.Simulation.Runs;

namespace Waybill.Simulation.Processes;

/// <summary>One delivery worker: its production classes between the simulated queue, status service and receiver.</summary>
internal sealed class Worker(World world, SimulatedProcess process) : Replica(world, process)
{
    private const int Capacity = 3;

    /// <summary>Without secrets: signatures have tests of their own.</summary>
    private static readonly Signer Signer = new(
        new ServiceCollection().AddOptions<SigningOptions>().Services.BuildServiceProvider().GetRequiredService<IOptionsMonitor<SigningOptions>>());

    private static readonly IOptions<DeliveryOptions> Options = Microsoft.Extensions.Options.Options.Create(new DeliveryOptions());

    private readonly List<string> _inHand = [];
    private readonly HostGates _gates = new(Microsoft.Extensions.Options.Options.Create(new FairnessOptions()), Options, world.Random, process.Clock);

    public override bool IsIdle => _inHand.Count == 0;

    public override IEnumerable<string> InHand => _inHand;

    public bool HasInHand(string notificationId) => _inHand.Contains(notificationId);

    /// <summary>
    /// A copy of what it has in hand goes to another worker, or waits: with one call at a time to each host nobody takes a turn
    /// over from another, which the host gate does on the thread pool.
    /// </summary>
    public bool HasRoomFor(string notificationId) => TakesWork && _inHand.Count < Capacity && !HasInHand(notificationId);

    public async Task ConsumeAsync(string notificationId)
    {
        _inHand.Add(notificationId);

        try
        {
            await CreateConsumer().Consume(ConsumeContextProxy.Create(notificationId));
        }
        finally
        {
            _inHand.Remove(notificationId);
        }
    }

    private DeliverNotificationConsumer CreateConsumer()
    {
        var status = CreateStatusClient();
        var http = new HttpMessageInvoker(new SimulatedReceiver(World, Process));

        return new DeliverNotificationConsumer(
            new Claims(status, new WorkerName(Process.Name), Process.Clock, Logger<Claims>()),
            _gates,
            new HttpAttempt(http, Signer, Options, Process.Clock),
            new ResultRecorder(status, Process.Clock, Logger<ResultRecorder>()),
            Lifetime,
            World.Random,
            Logger<DeliverNotificationConsumer>());
    }

    private ILogger<T> Logger<T>() => TraceLogger<T>.For(World.Trace, Process.Name);
}
