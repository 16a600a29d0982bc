using System.Collections.Concurrent;
using System.Threading.Channels;
using Waybill.Notifications.Coalescing;

namespace Waybill.Notifications.Tests.Coalescing;

public sealed class LanesTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Channel<Piece> _started = Channel.CreateUnbounded<Piece>();

    [Fact]
    public void A_lone_item_is_worked_on_at_once_and_alone()
    {
        var lanes = Create(lanes: 2);

        lanes.Add(1);
        Assert.Equal([1], StartedAlready());

        lanes.Add(2);
        Assert.Equal([2], StartedAlready());
    }

    [Fact]
    public async Task What_comes_while_all_lanes_are_taken_goes_together_in_its_order()
    {
        var lanes = Create(lanes: 2);
        AddAll(lanes, 1, 2);
        var first = await Started();
        var second = await Started();

        AddAll(lanes, 3, 4, 5);
        AssertNothingStarted();
        second.End();

        Assert.Equal([3, 4, 5], (await Started()).Items);
        first.End();
        AssertNothingStarted();
    }

    [Fact]
    public async Task A_piece_of_work_has_no_more_items_than_the_most()
    {
        var lanes = Create(lanes: 1, maxItems: 2);
        AddAll(lanes, 1, 2, 3, 4, 5, 6);

        Assert.Equal([[1], [2, 3], [4, 5], [6]], await PiecesUntilNothingWaits(4));
    }

    [Fact]
    public async Task Nothing_is_added_to_a_piece_of_work_from_its_size_on()
    {
        var lanes = Create(lanes: 1, maxSize: 10);
        AddAll(lanes, 1, 4, 6, 1, 8, 9, 25, 3);

        Assert.Equal([[1], [4, 6], [1, 8, 9], [25], [3]], await PiecesUntilNothingWaits(5));
    }

    [Fact]
    public async Task A_lane_is_free_again_when_its_works_task_ends()
    {
        var lanes = Create(lanes: 1);
        lanes.Add(1);
        var first = await Started();

        lanes.Add(2);
        AssertNothingStarted();
        first.End();
        (await Started()).End();

        lanes.Add(3);
        Assert.Equal([3], (await Started()).Items);
    }

    [Fact]
    public async Task Work_that_ends_at_once_goes_no_deeper_into_the_stack_however_much_waits()
    {
        const int Count = 200_000;
        var holdUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var lanes = new Lanes<int>(1, 1, long.MaxValue, _ => 1, items => items[0] switch
        {
            0 => holdUp.Task,
            Count => End(done),
            _ => Task.CompletedTask,
        });

        foreach (var item in Enumerable.Range(0, Count + 1))
        {
            lanes.Add(item);
        }

        holdUp.SetResult();
        await done.Task.WaitAsync(Deadline);
    }

    [Fact]
    public async Task Race_of_many_who_add_against_lanes_that_end()
    {
        const int Threads = 8;
        const int Each = 5_000;
        var worked = new ConcurrentQueue<int>();
        var atATime = 0;
        var mostAtATime = 0;
        var largest = 0;
        var left = Threads * Each;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var lanes = new Lanes<int>(3, 7, long.MaxValue, _ => 1, async items =>
        {
            Raise(ref mostAtATime, Interlocked.Increment(ref atATime));
            Raise(ref largest, items.Count);

            // Some end at once, some on another thread.
            if (items[0] % 3 != 0)
            {
                await Task.Yield();
            }

            foreach (var item in items)
            {
                worked.Enqueue(item);
            }

            Interlocked.Decrement(ref atATime);

            if (Interlocked.Add(ref left, -items.Count) == 0)
            {
                done.SetResult();
            }
        });

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            foreach (var number in Enumerable.Range(0, Each))
            {
                lanes.Add((thread * Each) + number);
            }
        })));

        await done.Task.WaitAsync(Deadline);
        Assert.Equal(Enumerable.Range(0, Threads * Each), worked.Order());
        Assert.InRange(mostAtATime, 1, 3);
        Assert.InRange(largest, 1, 7);
    }

    /// <summary>Its work starts when it says so in <see cref="_started"/>, and ends when the test ends it. An item's size is its value.</summary>
    private Lanes<int> Create(int lanes, int maxItems = 100, long maxSize = long.MaxValue) =>
        new(lanes, maxItems, maxSize, item => item, items =>
        {
            var piece = new Piece(items);
            _started.Writer.TryWrite(piece);
            return piece.Ended;
        });

    private static void AddAll(Lanes<int> lanes, params ReadOnlySpan<int> items)
    {
        foreach (var item in items)
        {
            lanes.Add(item);
        }
    }

    private async Task<Piece> Started() => await _started.Reader.ReadAsync().AsTask().WaitAsync(Deadline);

    /// <summary>By the one who added, without waiting.</summary>
    private IReadOnlyList<int> StartedAlready()
    {
        Assert.True(_started.Reader.TryRead(out var piece));
        return piece.Items;
    }

    private void AssertNothingStarted() => Assert.False(_started.Reader.TryRead(out _));

    private async Task<List<IReadOnlyList<int>>> PiecesUntilNothingWaits(int count)
    {
        var pieces = new List<IReadOnlyList<int>>();

        while (pieces.Count < count)
        {
            var piece = await Started();
            AssertNothingStarted();
            pieces.Add(piece.Items);
            piece.End();
        }

        return pieces;
    }

    private static Task End(TaskCompletionSource source)
    {
        source.SetResult();
        return Task.CompletedTask;
    }

    private static void Raise(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private sealed class Piece(IReadOnlyList<int> items)
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IReadOnlyList<int> Items => items;

        public Task Ended => _ended.Task;

        public void End() => _ended.SetResult();
    }
}
