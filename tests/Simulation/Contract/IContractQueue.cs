namespace Waybill.Simulation.Contract;

/// <summary>The few operations that the contract is about, on the simulator's queue and on SQS.</summary>
public interface IContractQueue
{
    Task SendAsync(string body);

    /// <summary>Null when there is none to be had just now.</summary>
    Task<ReceivedMessage?> ReceiveAsync();

    Task DeleteAsync(ReceivedMessage message);

    Task ChangeVisibilityAsync(ReceivedMessage message, int seconds);

    Task<int> CountDeadLettersAsync();

    /// <summary>Lets the visibility timeout pass.</summary>
    Task OutlastVisibilityAsync();
}

/// <param name="Handle">What the queue knows this receive by.</param>
public sealed record ReceivedMessage(string Body, int ReceiveCount, object Handle);
