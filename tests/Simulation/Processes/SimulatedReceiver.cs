using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Waybill.Simulation.Runs;

namespace Waybill.Simulation.Processes;

/// <summary>The receiver as one worker reaches it: notes each call and answers as the notification's script says.</summary>
internal sealed class SimulatedReceiver(World world, SimulatedProcess worker) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var id = world.Tenant.Met(request, worker) ?? request.Headers.GetValues("webhook-id").Single();
        var reply = world.Checks.Called(id, worker);
        var answer = new TaskCompletionSource<HttpResponseMessage>();

        world.Trace.Write(worker.Name, $"calls the receiver for {id}: {reply}");
        cancellationToken.UnsafeRegister(_ => answer.TrySetCanceled(cancellationToken), null);
        worker.After(reply.After, () => End(answer, reply));

        if (world.Faults.Happens(world.Faults.Profile.CrashAtOperation))
        {
            world.Loop.After(reply.After * world.Random.NextDouble(), () => world.Fleet.Crash(worker));
        }

        return answer.Task;
    }

    private static void End(TaskCompletionSource<HttpResponseMessage> answer, Reply reply)
    {
        if (reply.StatusCode is not { } status)
        {
            answer.TrySetException(new HttpRequestException("The connection was reset.", new SocketException((int)SocketError.ConnectionReset)));
            return;
        }

        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent([]) };

        if (reply.RetryAfterSeconds is { } seconds)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", seconds.ToString(CultureInfo.InvariantCulture));
        }

        answer.TrySetResult(response);
    }
}
