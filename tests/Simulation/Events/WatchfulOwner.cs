using Waybill.IntakeService.Events;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.Notifications.StatusApi.Redeliveries;
using Waybill.Simulation.Engine;
using Waybill.Simulation.Runs;
using Waybill.Simulation.Table;
using Waybill.StatusService.Store.Items;

namespace Waybill.Simulation.Events;

/// <summary>
/// Pauses, resumes, disables and enables endpoints, too, all along. When faults are over it brings all of them back, has what they did not get delivered again, and tests each.
/// </summary>
internal sealed class WatchfulOwner(World world, string name) : SimulatedOwner(world, name)
{
    private const int MostActions = 14;

    /// <summary>Far more than it needs: a host that was away for long is left alone for minutes.</summary>
    private const int MostRounds = 300;

    private static readonly TimeSpan BetweenRounds = TimeSpan.FromSeconds(4);

    /// <summary>Whether it changes what it is told of, too: then nothing can be said of what it is to be told of.</summary>
    private readonly bool _changesCallbacks = world.Random.Next(4) == 0;

    private readonly bool _waitsForProbes = world.Random.Next(2) == 0;

    private int _jobs;

    protected override async Task FollowAsync()
    {
        for (var left = World.Random.Next(MostActions + 1); left > 0 && !World.Faults.IsOver; left--)
        {
            await Wait(World.Scenario.FaultsUntil / MostActions * 2 * World.Random.NextDouble());
            await ActAsync();

            if (World.Random.Next(4) == 0)
            {
                await RedeliverAsync(category: null);
            }
        }

        while (!World.Faults.IsOver)
        {
            await Wait(BetweenRounds);
        }

        await BringBackAsync();

        foreach (var endpoint in World.Tenant.EndpointIds.Where(id => !World.Tenant.Current(id).IsDeleted))
        {
            await TestAsync(endpoint);
        }
    }

    protected override (string What, Func<SimulatedStore, Task<EndpointOutcome>> Change) NextChange(EndpointKey key)
    {
        switch (World.Random.Next(12))
        {
            case 0 when key.Tenant != Tenants.Reserved || _changesCallbacks:
                // What is held for a paused one ends with the sweep, which no simulated process runs, or with its pause.
                return World.Random.Next(3) == 0 && World.Tenant.Current(key.Id).Status != EndpointStatus.Paused ? ("delete", parts => parts.EndpointTransitions.DeleteAsync(new DeleteEndpointRequest(key), CancellationToken.None)) : Types(key);

            case <= 4:
                var until = SimulatedClock.Start + World.Loop.Now + (World.Random.Next(3) == 0 ? TimeSpan.FromDays(World.Random.Next(1, 29)) : TimeSpan.FromSeconds(World.Random.Next(1, 60)));
                return ($"pause until {until:dd HH:mm:ss}", parts => parts.States.PauseAsync(new EndpointStateRequest(key, null, until), CancellationToken.None));

            case <= 6:
                return ("resume", parts => parts.States.ResumeAsync(new EndpointStateRequest(key), CancellationToken.None));

            case <= 8:
                return ("disable", parts => parts.States.DisableAsync(new EndpointStateRequest(key), CancellationToken.None));

            case <= 10:
                return ("enable", parts => parts.States.EnableAsync(new EndpointStateRequest(key), CancellationToken.None));

            default:
                return base.NextChange(key) is { What: "URL of" } url ? url : ("resume", parts => parts.States.ResumeAsync(new EndpointStateRequest(key), CancellationToken.None));
        }
    }

    private (string What, Func<SimulatedStore, Task<EndpointOutcome>> Change) Types(EndpointKey key)
    {
        var types = key.Tenant == Tenants.Reserved ? SimulatedTenant.AnyCallbackTypes(World.Random) : SimulatedTenant.AnyTypes(World.Random);
        return ("types of", parts => parts.EndpointTransitions.ChangeAsync(new ChangeEndpointRequest { Key = key, Types = types }, CancellationToken.None));
    }

    /// <summary>Until all are well and have got what they were refused.</summary>
    private async Task BringBackAsync()
    {
        var patience = _waitsForProbes ? 2.5 * World.Scenario.Endpoints.ProbeEvery : TimeSpan.Zero;
        var begun = World.Loop.Now;

        for (var rounds = 0; rounds < MostRounds; rounds++)
        {
            var away = World.Tenant.EndpointIds.Select(World.Tenant.Current).Where(endpoint => endpoint.Status == EndpointStatus.Paused || endpoint.Status == EndpointStatus.Disabled).ToArray();

            foreach (var endpoint in away)
            {
                var key = World.Tenant.KeyOf(endpoint.Id);
                var request = new EndpointStateRequest(key);

                if (endpoint.Status == EndpointStatus.Paused)
                {
                    World.Trace.Write(Name, $"resume {endpoint.Id}: {await TryAsync(parts => parts.States.ResumeAsync(request, CancellationToken.None))}");
                }
                else if (endpoint.DisabledReason == DisableReasons.ByOwner || World.Loop.Now - begun > patience)
                {
                    World.Trace.Write(Name, $"enable {endpoint.Id}: {await TryAsync(parts => parts.States.EnableAsync(request, CancellationToken.None))}");
                }
            }

            if (away.Length == 0)
            {
                if (!AnyRefused() && !AnyOpen())
                {
                    return;
                }

                if (!AnyOpen())
                {
                    await RedeliverAsync(DeliveryCategory.EndpointDisabled);
                }
            }

            await Wait(BetweenRounds);
        }

        World.Checks.Report("The owner cannot bring its endpoints back, or what they were refused.");
    }

    private bool AnyOpen() => Records().Any(record => !record.IsFinal && !(record.DeliverAt > SimulatedClock.Start + World.Loop.Now));

    private bool AnyRefused() => Records().Any(record =>
        record is { IsFinal: true, DeliveryResult.Category: var category } && category == DeliveryCategory.EndpointDisabled && !World.Tenant.Current(record.Event!.EndpointId).IsDeleted);

    private IEnumerable<NotificationRecord> Records() => World.Table.Items.Where(item => item.ContainsKey(StoredNames.Endpoint)).Select(StateItem.Read);

    private async Task RedeliverAsync(DeliveryCategory? category)
    {
        var now = SimulatedClock.Start + World.Loop.Now;
        var filter = new RedeliveryFilter(now.AddDays(-1), now.AddMinutes(1), Category: category, Owner: Scenario.Owner);
        var job = new CreateJobRequest(RedeliveryJobId.OfRelease(Name, SimulatedClock.Start.AddSeconds(++_jobs)), filter, World.Random.Next(1, 50), Scenario.Owner);
        var (answered, created) = await Ask(intake => intake.Jobs.CreateAsync(job, CancellationToken.None));
        World.Trace.Write(Name, $"redeliver {category?.Text()}: {(answered ? created!.Id : "no answer")}");
    }

    private async Task TestAsync(string endpointId)
    {
        var key = $"test of {endpointId}";
        var id = NotificationId.OfEvent(EventIds.FromIdempotencyKey(Scenario.Owner, key), endpointId);

        var submission = new EventSubmission
        {
            Type = "waybill.test",
            Tenant = World.Tenant.Current(endpointId).Tenant,
            ContentType = "application/json",
            Body = EventScript.Body,
        };

        for (var rounds = 0; rounds < MostRounds && World.Checks.Record(id) is not { IsFinal: true }; rounds++)
        {
            await Ask(intake => intake.SubmitAsync(submission, key, endpointId));
            await Wait(BetweenRounds);
        }

        if (World.Checks.Record(id)?.Status != NotificationStatus.Success)
        {
            World.Checks.Report($"The test of {endpointId} is {World.Checks.Record(id)?.Status}, and its receiver answers well.");
        }
    }
}
