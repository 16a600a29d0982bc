using Xunit;

namespace Waybill.Simulation.Contract;

/// <summary>What the transport relies on in SQS; see <see cref="TableContract"/>.</summary>
public abstract class QueueContract
{
    protected const int MaxReceiveCount = 2;
    protected const int VisibilitySeconds = 1;

    protected abstract Task<IContractQueue> CreateQueueAsync();

    [Fact]
    public async Task A_received_message_is_invisible_until_its_timeout_and_counts_its_receives()
    {
        var queue = await CreateQueueAsync();
        await queue.SendAsync("one");

        var first = await queue.ReceiveAsync();
        var meanwhile = await queue.ReceiveAsync();
        await queue.OutlastVisibilityAsync();
        var second = await queue.ReceiveAsync();

        Assert.Equal(("one", 1), (first!.Body, first.ReceiveCount));
        Assert.Null(meanwhile);
        Assert.Equal(("one", 2), (second!.Body, second.ReceiveCount));
    }

    [Fact]
    public async Task A_deleted_message_does_not_come_back()
    {
        var queue = await CreateQueueAsync();
        await queue.SendAsync("one");

        await queue.DeleteAsync((await queue.ReceiveAsync())!);
        await queue.OutlastVisibilityAsync();

        Assert.Null(await queue.ReceiveAsync());
    }

    [Fact]
    public async Task A_message_that_is_given_back_is_visible_at_once()
    {
        var queue = await CreateQueueAsync();
        await queue.SendAsync("one");

        await queue.ChangeVisibilityAsync((await queue.ReceiveAsync())!, 0);

        Assert.Equal(2, (await queue.ReceiveAsync())!.ReceiveCount);
    }

    [Fact]
    public async Task A_longer_visibility_holds_a_message_back()
    {
        var queue = await CreateQueueAsync();
        await queue.SendAsync("one");

        await queue.ChangeVisibilityAsync((await queue.ReceiveAsync())!, 60);
        await queue.OutlastVisibilityAsync();

        Assert.Null(await queue.ReceiveAsync());
    }

    [Fact]
    public async Task After_its_last_receive_a_message_is_a_dead_letter()
    {
        var queue = await CreateQueueAsync();
        await queue.SendAsync("one");

        for (var receive = 1; receive <= MaxReceiveCount; receive++)
        {
            await queue.ChangeVisibilityAsync((await queue.ReceiveAsync())!, 0);
        }

        Assert.Null(await queue.ReceiveAsync());
        Assert.Equal(1, await queue.CountDeadLettersAsync());
    }

    [Fact]
    public async Task Two_messages_with_one_body_are_two_messages()
    {
        var queue = await CreateQueueAsync();
        await queue.SendAsync("one");
        await queue.SendAsync("one");

        Assert.NotNull(await queue.ReceiveAsync());
        Assert.NotNull(await queue.ReceiveAsync());
        Assert.Null(await queue.ReceiveAsync());
    }
}
