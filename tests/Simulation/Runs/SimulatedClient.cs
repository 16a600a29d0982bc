using Waybill.IntakeService.Submissions;
using Waybill.Notifications.StatusApi;
using Waybill.Simulation.Engine;
using Waybill.Simulation.Processes;

namespace Waybill.Simulation.Runs;

/// <summary>A client that submits one notification, asks again when it got no answer, and may cancel it or have it delivered once more.</summary>
internal sealed class SimulatedClient(World world, NotificationScript script, string name)
{
    private const int MostTries = 8;

    /// <summary>Clients are outside: no fault of the services ends them.</summary>
    private readonly SimulatedProcess _process = new(name, world.Loop, TimeSpan.Zero);

    public bool IsDone { get; private set; }

    /// <summary>Null while it does something.</summary>
    public TimeSpan? WakesAt { get; private set; }

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

    private async Task FollowAsync()
    {
        await Wait(script.StartAt);

        if (await SubmitAsync())
        {
            await (world.Theme.IsLong ? LiveAsync() : ActAsync());
        }
    }

    private Task ActAsync() => world.Random.Next(world.Theme.ClientsSteer ? 3 : 6) switch
    {
        0 => CancelAsync(),
        1 => RedeliverAsync(),
        _ => Task.CompletedTask,
    };

    /// <summary>Months of a client that has it delivered again and again, itself or by a bulk redelivery, minutes or months apart.</summary>
    private async Task LiveAsync()
    {
        for (var number = 1; number <= script.Redeliveries; number++)
        {
            await Wait(script.NextPause());

            if (world.Random.Next(20) == 0)
            {
                await CancelAsync();
            }

            var job = new RedeliverByJobRequest($"job_{name}_{number}", SimulatedClock.Start + world.Loop.Now);
            var byJob = world.Random.Next(3) == 0;

            var (answered, outcome) = await Ask(intake => byJob
                ? intake.Status.RedeliverAsync(script.Id, job, CancellationToken.None)
                : intake.Status.RedeliverAsync(script.Id, CancellationToken.None));

            Note(answered, outcome);
        }
    }

    private void Note(bool answered, TransitionOutcome? outcome)
    {
        world.Trace.Write(name, $"redeliver {script.Id}: {(answered ? outcome!.Applied : "no answer")}");

        if (answered)
        {
            world.Checks.Redelivered(script.Id, outcome!);
        }
    }

    private async Task<bool> SubmitAsync()
    {
        var tries = world.Random.Next(4) == 0 ? 1 : MostTries;
        var tried = 0;

        while (tried++ < tries)
        {
            var (answered, outcome) = await Ask(intake => intake.SubmitAsync(script.Submission, script.Key));

            if (answered && outcome is SubmissionOutcome.Accepted accepted)
            {
                world.Trace.Write(name, $"202 {accepted.Record.Status} {accepted.Id} replayed {accepted.Replayed}");
                world.Checks.Accepted(accepted.Id);
                return true;
            }

            world.Trace.Write(name, $"{outcome?.GetType().Name ?? "no answer"} for {script.Id}");

            if (outcome is SubmissionOutcome.KeyReused)
            {
                return false;
            }

            await Wait(TimeSpan.FromSeconds(0.3 + world.Random.NextDouble()));
        }

        return false;
    }

    private async Task CancelAsync()
    {
        await Wait(TimeSpan.FromSeconds(4 * world.Random.NextDouble()));
        var (answered, outcome) = await Ask(intake => intake.Status.CancelAsync(script.Id, CancellationToken.None));
        world.Trace.Write(name, $"cancel {script.Id}: {(answered ? outcome!.Applied : "no answer")}");
    }

    private async Task RedeliverAsync()
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            await Wait(TimeSpan.FromSeconds(3 * world.Random.NextDouble()));
            var (answered, outcome) = await Ask(intake => intake.Status.RedeliverAsync(script.Id, CancellationToken.None));
            Note(answered, outcome);

            if (answered && outcome!.Applied)
            {
                return;
            }
        }
    }

    /// <summary>Any trouble at all is the same to a client: no answer.</summary>
    private async Task<(bool Answered, T? Answer)> Ask<T>(Func<Intake, Task<T>> work)
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

    private async Task Wait(TimeSpan time)
    {
        // A timer of the platform goes no further than 49 days.
        var over = new TaskCompletionSource();
        WakesAt = world.Loop.Now + time;
        _process.After(time, over.SetResult);
        await over.Task;
        WakesAt = null;
    }
}
