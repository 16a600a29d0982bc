using Waybill.IntakeService.Submissions;
using Waybill.Notifications.StatusApi;
using Waybill.Simulation.Engine;

namespace Waybill.Simulation.Runs;

/// <summary>A client that submits one notification, asks again when it got no answer, and may cancel it or have it delivered once more.</summary>
internal sealed class SimulatedClient(World world, NotificationScript script, string name) : Outsider(world, name)
{
    private const int MostTries = 8;

    protected override async Task FollowAsync()
    {
        await Wait(script.StartAt);

        if (await SubmitAsync())
        {
            await (World.Theme.IsLong ? LiveAsync() : ActAsync());
        }
    }

    private Task ActAsync() => World.Random.Next(World.Theme.ClientsSteer ? 3 : 6) switch
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

            if (World.Random.Next(20) == 0)
            {
                await CancelAsync();
            }

            var job = new RedeliverByJobRequest($"job_{Name}_{number}", SimulatedClock.Start + World.Loop.Now);
            var byJob = World.Random.Next(3) == 0;

            var (answered, outcome) = await Ask(intake => byJob
                ? intake.Status.RedeliverAsync(script.Id, job, CancellationToken.None)
                : intake.Status.RedeliverAsync(script.Id, CancellationToken.None));

            Note(answered, outcome);
        }
    }

    private void Note(bool answered, TransitionOutcome? outcome)
    {
        World.Trace.Write(Name, $"redeliver {script.Id}: {(answered ? outcome!.Applied : "no answer")}");

        if (answered)
        {
            World.Checks.Redelivered(script.Id, outcome!);
        }
    }

    private async Task<bool> SubmitAsync()
    {
        var tries = World.Random.Next(4) == 0 ? 1 : MostTries;
        var tried = 0;

        while (tried++ < tries)
        {
            var (answered, outcome) = await Ask(intake => intake.SubmitAsync(script.Submission, script.Key));

            if (answered && outcome is SubmissionOutcome.Accepted accepted)
            {
                World.Trace.Write(Name, $"202 {accepted.Record.Status} {accepted.Id} replayed {accepted.Replayed}");
                World.Checks.Accepted(accepted.Id);
                return true;
            }

            World.Trace.Write(Name, $"{outcome?.GetType().Name ?? "no answer"} for {script.Id}");

            if (outcome is SubmissionOutcome.KeyReused)
            {
                return false;
            }

            await Wait(TimeSpan.FromSeconds(0.3 + World.Random.NextDouble()));
        }

        return false;
    }

    private async Task CancelAsync()
    {
        await Wait(TimeSpan.FromSeconds(4 * World.Random.NextDouble()));
        var (answered, outcome) = await Ask(intake => intake.Status.CancelAsync(script.Id, CancellationToken.None));
        World.Trace.Write(Name, $"cancel {script.Id}: {(answered ? outcome!.Applied : "no answer")}");
    }

    private async Task RedeliverAsync()
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            await Wait(TimeSpan.FromSeconds(3 * World.Random.NextDouble()));
            var (answered, outcome) = await Ask(intake => intake.Status.RedeliverAsync(script.Id, CancellationToken.None));
            Note(answered, outcome);

            if (answered && outcome!.Applied)
            {
                return;
            }
        }
    }
}
