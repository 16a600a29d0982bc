using Waybill.Simulation.Processes;
using Waybill.Simulation.Runs;

namespace Waybill.Simulation.Queue;

/// <summary>
/// The transport between queue and workers, configured as the worker configures it: it renews visibility while a
/// delivery is in hand, deletes what was consumed, and gives back what failed after five seconds.
/// </summary>
internal sealed class QueuePump(World world)
{
    private const double RenewAt = 0.7;
    private static readonly TimeSpan GiveBackAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(300);

    private InMemoryQueue Queue => world.Queue;

    public void Send(string notificationId)
    {
        Await(Queue.Send(notificationId));

        if (world.Faults.Happens(world.Faults.Profile.Duplicates))
        {
            world.Trace.Write("queue", $"!keeps a second copy of {notificationId}");
            Await(Queue.Send(notificationId));
        }
    }

    /// <summary>Offers it to a worker once it is visible; each a little later or sooner, so that they change places.</summary>
    private void Await(QueuedMessage message)
    {
        var visible = message.VisibleAt - world.Loop.Now;
        world.Loop.After((visible > TimeSpan.Zero ? visible : TimeSpan.Zero) + world.Faults.Latency(), () => Offer(message));
    }

    private void Offer(QueuedMessage message)
    {
        if (!Queue.Messages.Contains(message))
        {
            return;
        }

        if (message.VisibleAt > world.Loop.Now)
        {
            Await(message);
            return;
        }

        if (world.Fleet.AnyWorkerWithRoom() is not { } worker)
        {
            world.Loop.After(LookAgain, () => Offer(message));
            return;
        }

        if (Queue.Receive(message) is null)
        {
            world.Trace.Write("queue", $"message {message.Id} of {message.Body} is a dead letter");
            return;
        }

        world.Trace.Write("queue", $"message {message.Id} of {message.Body} to {worker.Process.Name}, receive {message.ReceiveCount}");
        Await(message);
        RenewLater(worker, message, message.ReceiveCount);
        _ = HandAsync(worker, message, message.ReceiveCount);
    }

    private async Task HandAsync(Worker worker, QueuedMessage message, int receive)
    {
        try
        {
            if (world.Mutation.AcknowledgesFirst)
            {
                Queue.Delete(message);
            }

            await worker.ConsumeAsync(message);
            Delete(message);
        }
        catch (Exception exception)
        {
            world.Trace.Write(worker.Process.Name, $"gives back message {message.Id}: {exception.Message}");
            GiveBack(message, receive);
        }
    }

    private void Delete(QueuedMessage message)
    {
        if (world.Faults.Happens(world.Faults.Profile.UndoneDeletes))
        {
            world.Trace.Write("queue", $"!message {message.Id} survives its delete");
            return;
        }

        Queue.Delete(message);
    }

    private void GiveBack(QueuedMessage message, int receive)
    {
        if (message.ReceiveCount == receive)
        {
            Queue.ChangeVisibility(message, GiveBackAfter);
            Await(message);
        }
    }

    private void RenewLater(Worker worker, QueuedMessage message, int receive) =>
        worker.Process.After(Queue.VisibilityTimeout * RenewAt, () => Renew(worker, message, receive));

    private void Renew(Worker worker, QueuedMessage message, int receive)
    {
        var inHand = message.ReceiveCount == receive && Queue.Messages.Contains(message) && worker.HasInHand(message);

        if (!inHand)
        {
            return;
        }

        if (world.Faults.Happens(world.Faults.Profile.LostRenewals))
        {
            world.Trace.Write(worker.Process.Name, $"!fails to renew message {message.Id}");
            return;
        }

        Queue.ChangeVisibility(message, Queue.VisibilityTimeout);
        RenewLater(worker, message, receive);
    }
}
