using Waybill.Notifications.StatusApi;
using Waybill.Simulation.Processes;

namespace Waybill.Simulation.Runs;

/// <summary>Somebody who asks the services for something. No fault of theirs ends it.</summary>
internal abstract class Outsider(World world, string name)
{
    private readonly SimulatedProcess _process = new(name, world.Loop, TimeSpan.Zero);

    public bool IsDone { get; private set; }

    /// <summary>Null while it does something.</summary>
    public TimeSpan? WakesAt { get; private set; }

    protected World World => world;

    protected string Name => name;

    protected SimulatedProcess Process => _process;

    public async Task RunAsync()
    {
        try
        {
            await FollowAsync();
        }
        catch (Exception exception)
        {
            world.Checks.Report($"{name} broke off: {exception}");
        }

        IsDone = true;
    }

    protected abstract Task FollowAsync();

    /// <summary>Any trouble at all is the same to a client: no answer.</summary>
    protected async Task<(bool Answered, T? Answer)> Ask<T>(Func<Intake, Task<T>> work)
    {
        if (world.Fleet.AnyIntake() is not { } intake)
        {
            return (false, default);
        }

        try
        {
            return (true, await intake.ServeAsync(work));
        }
        catch (Exception exception) when (exception is HttpRequestException or StatusUnavailableException or RecordTroubleException)
        {
            return (false, default);
        }
    }

    protected async Task Wait(TimeSpan time)
    {
        // A timer of the platform goes no further than 49 days.
        var over = new TaskCompletionSource();
        WakesAt = world.Loop.Now + time;
        _process.After(time, over.SetResult);
        await over.Task;
        WakesAt = null;
    }
}
