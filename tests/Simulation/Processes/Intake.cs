using Microsoft.Extensions.Options;
using Waybill.IntakeService.Dispatching;
using Waybill.IntakeService.Events;
using Waybill.IntakeService.Queueing;
using Waybill.IntakeService.Redeliveries;
using Waybill.IntakeService.Submissions;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Redeliveries;
using Waybill.Simulation.Engine;
using Waybill.Simulation.Faults;
using Waybill.Simulation.Queue;
using Waybill.Simulation.Runs;

namespace Waybill.Simulation.Processes;

/// <summary>One intake service: its production submitter and Dispatcher.</summary>
internal sealed class Intake : Replica
{
    /// <summary>How long the transport keeps trying; intake gives up sooner by itself.</summary>
    private static readonly TimeSpan TransportTimeout = TimeSpan.FromSeconds(30);

    private readonly Submitter _submitter;
    private readonly EventSubmitter _events;
    private readonly Dispatcher _dispatcher;
    private int _inHand;

    public Intake(World world, SimulatedProcess process)
        : base(world, process)
    {
        Status = CreateStatusClient();
        var queue = new NotificationQueue(SendEndpointProxy.Create(SendAsync), Options.Create(new QueueOptions()), process.Clock, Logger<NotificationQueue>());
        var options = Options.Create(world.Scenario.Dispatcher);
        var redispatcher = new Redispatcher(Status, queue, options, Logger<Redispatcher>());

        _submitter = new Submitter(Status, queue, process.Clock, Logger<Submitter>());
        _events = new EventSubmitter(Status, _submitter, process.Clock, Logger<EventSubmitter>());
        _dispatcher = new Dispatcher(new DispatchPass(Status, redispatcher, options, process.Clock, Logger<DispatchPass>()), options, process.Clock, world.Random, Logger<Dispatcher>());
        process.After(TimeSpan.FromSeconds(world.Random.NextDouble()), () => _ = _dispatcher.LoopAsync(Lifetime.ApplicationStopping));
        Jobs = new RedeliveryClient(CreateHttpClient());

        if (world.Theme.Silent)
        {
            var redeliveries = Options.Create(new RedeliveryOptions());
            var work = new JobWork(Jobs, new JobEntry(Status, _submitter, process.Clock, Logger<JobEntry>()), redeliveries, process.Clock, Logger<JobWork>());
            var runner = new RedeliveryRunner(Jobs, work, redeliveries, process.Clock, Logger<RedeliveryRunner>());
            process.After(TimeSpan.FromSeconds(world.Random.NextDouble()), () => _ = runner.LoopAsync(Lifetime.ApplicationStopping));
        }
    }

    /// <summary>As its cancel and redeliver endpoints use it.</summary>
    public StatusClient Status { get; }

    /// <summary>As its endpoints for bulk redeliveries use it.</summary>
    public RedeliveryClient Jobs { get; }

    public override bool IsIdle => _inHand == 0 && Process.Pending == 0;

    /// <summary>A client's request; it fails when the process ends in between.</summary>
    public Task<T> ServeAsync<T>(Func<Intake, Task<T>> work)
    {
        var answer = new TaskCompletionSource<T>();
        Process.WhenEnded(() => answer.TrySetException(FaultErrors.ConnectionClosed()));
        Process.After(World.Faults.Latency(), () => _ = WorkAsync(work, answer));
        return answer.Task;
    }

    public Task<SubmissionOutcome> SubmitAsync(Submission submission, string key) => _submitter.SubmitAsync(submission, Scenario.Owner, key);

    /// <param name="endpointId">Of a test; null for all that take it.</param>
    public Task<EventSubmissionOutcome> SubmitAsync(EventSubmission submission, string key, string? endpointId = null) => Process.Release == Release.Before
        ? Task.FromException<EventSubmissionOutcome>(new HttpRequestException("The release before has no such path."))
        : _events.SubmitAsync(submission, Scenario.Owner, key, endpointId);

    private async Task WorkAsync<T>(Func<Intake, Task<T>> work, TaskCompletionSource<T> answer)
    {
        _inHand++;

        try
        {
            answer.TrySetResult(await work(this));
        }
        catch (Exception exception)
        {
            answer.TrySetException(exception);
        }
        finally
        {
            _inHand--;
        }
    }

    private Task SendAsync(string notificationId) =>
        World.Wire.Call(Process, new Operation(Boundary.Queue, "Send", notificationId), TransportTimeout, () => Effect(notificationId));

    private Task<bool> Effect(string notificationId)
    {
        World.Pump.Send(notificationId);
        return Task.FromResult(true);
    }

    private TraceLogger<T> Logger<T>() => new(World.Trace, Process.Name, World.Faults.Profile.BadRecords > 0 ? World.Sick.Heard : null);
}
