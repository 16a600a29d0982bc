using System.Net;
using Waybill.Notifications.StatusApi;
using Waybill.Simulation.Faults;
using Waybill.Simulation.Runs;

namespace Waybill.Simulation.Processes;

/// <summary>The way from one process to the status service: a load balancer that picks a replica.</summary>
internal sealed class StatusConnection(World world, SimulatedProcess caller) : HttpMessageHandler
{
    /// <summary>As StatusClientOptions has it by default.</summary>
    private static readonly TimeSpan ClientTimeout = TimeSpan.FromSeconds(5);

    /// <summary>An answer that takes longer may cost a worker its lease.</summary>
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(1);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = Releases.OfRequest(caller.Release, StatusRequest.Of(request));
        var operation = new Operation(Boundary.Status, sent.Transition, sent.NotificationId);
        var answered = false;
        var asked = world.Loop.Now;

        if (sent.NotificationId is { } id)
        {
            world.Loop.After(Prompt, () => ExcuseUnless(answered, id));
        }

        var reply = await world.Wire.Call(caller, operation, ClientTimeout, () => Route(sent), cancellationToken);
        answered = reply.Status < 500 && !(sent.NotificationId is { } of && world.Sick.IsSick(of));

        if (sent.Transition == StatusClient.Claim && reply.Status == (int)HttpStatusCode.OK)
        {
            world.Checks.Claimed(sent.NotificationId!, caller, asked);
        }

        return reply.Message;
    }

    private void ExcuseUnless(bool answered, string id)
    {
        if (!answered)
        {
            world.Checks.Excuse(id, caller);
        }
    }

    private Task<StatusReply> Route(StatusRequest request)
    {
        var replica = world.Fleet.AnyStatusReplica();
        return replica is null ? Task.FromException<StatusReply>(FaultErrors.ConnectionRefused()) : replica.HandleAsync(caller, request);
    }
}
