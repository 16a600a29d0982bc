using Microsoft.Extensions.Time.Testing;
using Waybill.StatusService.Endpoints.Pacing;

namespace Waybill.StatusService.Tests.Endpoints.Pacing;

/// <summary>Rules out that workers are told the same place, that one that is gone keeps its part, and that names fill the memory.</summary>
public sealed class WorkersSeenTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly WorkersSeen _workers;

    public WorkersSeenTests() => _workers = new WorkersSeen(_clock);

    [Fact]
    public void Each_worker_has_its_place_by_name()
    {
        Note("c", "a", "b", "a");

        Assert.Equal([(3, 0), (3, 1), (3, 2)], new[] { "a", "b", "c" }.Select(_workers.PlaceOf));
    }

    [Fact]
    public void One_that_has_not_claimed_for_long_is_gone()
    {
        Note("a", "b");
        _clock.Advance(WorkersSeen.Lately / 2);
        Note("b");
        _clock.Advance(WorkersSeen.Lately / 2);

        Assert.Equal((1, 0), _workers.PlaceOf("b"));
    }

    [Fact]
    public void More_than_there_can_be_are_not_kept_apart()
    {
        Note([.. Enumerable.Range(0, WorkersSeen.Most + 10).Select(number => $"worker-{number}")]);

        Assert.Equal(WorkersSeen.Most, _workers.PlaceOf("worker-1").Workers);
    }

    private void Note(params string[] workers)
    {
        foreach (var worker in workers)
        {
            _workers.Note(worker);
        }
    }
}
