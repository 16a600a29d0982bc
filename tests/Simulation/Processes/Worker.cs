using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Waybill.DeliveryWorker.Delivery;
using Waybill.DeliveryWorker.Fairness;
using Waybill.DeliveryWorker.Pacing;
using Waybill.DeliveryWorker.Signing;
using Waybill.Simulation.Engine;
using Waybill.Simulation.Events;
using Waybill.Simulation.Queue;
using Waybill.Simulation.Runs;

namespace Waybill.Simulation.Processes;

/// <summary>One delivery worker: its production classes between the simulated queue, status service and receiver.</summary>
internal sealed class Worker(World world, SimulatedProcess process) : Replica(world, process)
{
    /// <summary>Without secrets of owners: their signatures have tests of their own.</summary>
    private static readonly Signer Signer = new(
        new ServiceCollection().AddOptions<SigningOptions>().Services.BuildServiceProvider().GetRequiredService<IOptionsMonitor<SigningOptions>>(),
        SimulatedTenant.Sealer);

    private readonly List<QueuedMessage> _inHand = [];
    private readonly IOptions<DeliveryOptions> _options = Options.Create(world.Scenario.Delivery);
    private readonly HostGates _gates = new(
        Options.Create(world.Scenario.Fairness), Options.Create(world.Scenario.Delivery), world.Random, process.Clock);

    private readonly PaceClock _paceClock = new(process.Clock);
    private EndpointPacers? _pacers;

    public override bool IsIdle => _inHand.Count == 0;

    public override IEnumerable<string> InHand => _inHand.Select(message => message.Body).Distinct();

    public bool HasRoom => TakesWork && _inHand.Count < Capacity;

    private int Capacity => World.Scenario.Delivery.Concurrency;

    public bool HasInHand(QueuedMessage message) => _inHand.Contains(message);

    public async Task ConsumeAsync(QueuedMessage message)
    {
        _inHand.Add(message);

        try
        {
            await CreateConsumer().Consume(ConsumeContextProxy.Create(message.Body, World.Checks.Record(message.Body), World.Releases.SaysTarget()));
        }
        finally
        {
            _inHand.Remove(message);
            LeakPass(message.Body);
        }
    }

    private DeliverNotificationConsumer CreateConsumer()
    {
        var status = CreateStatusClient();
        var http = new HttpMessageInvoker(new SimulatedReceiver(World, Process));

        _pacers ??= new EndpointPacers(_gates, status, _paceClock, World.Random, Process.Clock, Logger<EndpointPacers>());

        return new DeliverNotificationConsumer(
            new Claimer(status, new WorkerName(Process.Name), _paceClock, Process.Clock, Logger<Claimer>()),
            _pacers,
            _gates,
            new HttpAttempt(http, Signer, _options, Process.Clock),
            new ResultRecorder(status, Process.Clock, Logger<ResultRecorder>()),
            Lifetime,
            World.Random,
            Logger<DeliverNotificationConsumer>());
    }

    /// <summary>A deliberate bug: a pass to the host that nobody gives back.</summary>
    private void LeakPass(string notificationId)
    {
        if (World.Mutation.KeepsPassesOfFailedCalls && World.Checks.Record(notificationId) is { DeliveryResult.Success: false } record)
        {
            _ = _gates.EnterAsync(record);
        }
    }

    private TraceLogger<T> Logger<T>() => new(World.Trace, Process.Name);
}
