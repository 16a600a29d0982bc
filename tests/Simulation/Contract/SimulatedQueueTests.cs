using Waybill.Simulation.Queue;

namespace Waybill.Simulation.Contract;

public sealed class SimulatedQueueTests : QueueContract
{
    protected override Task<IContractQueue> CreateQueueAsync() => Task.FromResult<IContractQueue>(new SimulatedContractQueue());

    private sealed class SimulatedContractQueue : IContractQueue
    {
        private readonly InMemoryQueue _queue;
        private TimeSpan _now;

        public SimulatedContractQueue() => _queue = new InMemoryQueue(() => _now, TimeSpan.FromSeconds(VisibilitySeconds), MaxReceiveCount);

        public Task SendAsync(string body)
        {
            _queue.Send(body);
            return Task.CompletedTask;
        }

        public Task<ReceivedMessage?> ReceiveAsync() =>
            Task.FromResult(_queue.ReceiveAny() is { } message ? new ReceivedMessage(message.Body, message.ReceiveCount, message) : null);

        public Task DeleteAsync(ReceivedMessage message)
        {
            _queue.Delete((QueuedMessage)message.Handle);
            return Task.CompletedTask;
        }

        public Task ChangeVisibilityAsync(ReceivedMessage message, int seconds)
        {
            _queue.ChangeVisibility((QueuedMessage)message.Handle, TimeSpan.FromSeconds(seconds));
            return Task.CompletedTask;
        }

        public Task<int> CountDeadLettersAsync() => Task.FromResult(_queue.DeadLetters.Count);

        public Task OutlastVisibilityAsync()
        {
            _now += TimeSpan.FromSeconds(VisibilitySeconds);
            return Task.CompletedTask;
        }
    }
}
