using Waybill.IntakeService.Events;
using Waybill.Simulation.Runs;

namespace Waybill.Simulation.Events;

/// <summary>A client that posts one event, and asks again when it got no answer.</summary>
internal sealed class SimulatedPublisher(World world, EventScript script, string name) : Outsider(world, name)
{
    private const int MostTries = 8;

    protected override async Task FollowAsync()
    {
        await Wait(script.StartAt);
        var tries = World.Random.Next(4) == 0 ? 1 : MostTries;

        for (var tried = 0; tried < tries; tried++)
        {
            script.FirstAskedAt = World.Loop.Now < script.FirstAskedAt ? World.Loop.Now : script.FirstAskedAt;
            var (answered, outcome) = await Ask(intake => intake.SubmitAsync(script.Submission, script.Key));
            World.Trace.Write(Name, $"{outcome?.GetType().Name ?? "no answer"} for {script.Id}");

            if (answered && outcome is EventSubmissionOutcome.Accepted)
            {
                World.Tenant.Accepted(script.Id);
                return;
            }

            if (outcome is EventSubmissionOutcome.NoEndpoint)
            {
                World.Checks.Report($"{script.Id} is refused as if it were a test of an endpoint that there is not.");
            }

            await Wait(TimeSpan.FromSeconds(0.3 + World.Random.NextDouble()));
        }
    }
}
