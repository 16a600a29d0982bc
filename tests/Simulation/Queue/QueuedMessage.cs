namespace Waybill.Simulation.Queue;

internal sealed class QueuedMessage(int id, string body)
{
    public int Id => id;

    public string Body => body;

    public int ReceiveCount { get; set; }

    public TimeSpan VisibleAt { get; set; }
}
