using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.Simulation.Engine;
using Waybill.Simulation.Processes;
using Waybill.Simulation.Runs;
using Waybill.Simulation.Table;
using Waybill.StatusService.Store.Table;

namespace Waybill.Simulation.Events;

/// <summary>Changes, rotates and deletes endpoints while events are on their way.</summary>
internal class SimulatedOwner(World world, string name) : Outsider(world, name)
{
    private const int MostActions = 6;

    private int _version = 1;

    protected override async Task FollowAsync()
    {
        for (var left = World.Random.Next(MostActions + 1); left > 0; left--)
        {
            await Wait(TimeSpan.FromSeconds(10 * World.Random.NextDouble()));
            await ActAsync();
        }
    }

    protected async Task ActAsync()
    {
        var endpoint = World.Tenant.EndpointIds[World.Random.Next(World.Tenant.EndpointIds.Count)];
        var (what, change) = NextChange(World.Tenant.KeyOf(endpoint));
        World.Trace.Write(Name, $"{what} {endpoint}: {await TryAsync(change)}");
    }

    protected virtual (string What, Func<SimulatedStore, Task<EndpointOutcome>> Change) NextChange(EndpointKey key)
    {
        switch (World.Random.Next(6))
        {
            case 0:
                return ("delete", parts => parts.EndpointTransitions.DeleteAsync(new DeleteEndpointRequest(key), CancellationToken.None));

            case 1:
                var keepUntil = World.Random.Next(2) == 0 ? SimulatedClock.Start + World.Loop.Now + TimeSpan.FromSeconds(World.Random.Next(1, 10)) : (DateTimeOffset?)null;
                return ("rotate", parts => parts.EndpointTransitions.RotateSecretAsync(new RotateSecretRequest(key, KeepOldUntil: keepUntil), CancellationToken.None));

            case 2:
                var types = SimulatedTenant.AnyTypes(World.Random);
                return ("types of", parts => parts.EndpointTransitions.ChangeAsync(new ChangeEndpointRequest { Key = key, Types = types }, CancellationToken.None));

            default:
                var url = SimulatedTenant.UrlOf(key.Id, ++_version);
                return ("URL of", parts => parts.EndpointTransitions.ChangeAsync(new ChangeEndpointRequest { Key = key, Url = url }, CancellationToken.None));
        }
    }

    protected async Task<string> TryAsync(Func<SimulatedStore, Task<EndpointOutcome>> change)
    {
        if (World.Fleet.AnyStatusReplica() is not { Process.Release: not Release.Before } replica)
        {
            return "nobody there";
        }

        try
        {
            return (await replica.ChangeAsync(Process, change)).Applied ? "done" : "refused";
        }
        catch (Exception exception) when (exception is HttpRequestException or TableUnavailableException or RecordTroubleException)
        {
            return "no answer";
        }
    }
}
