using Waybill.Notifications.Records;
using Waybill.StatusService.Callbacks;
using Waybill.StatusService.Tests.Support;

namespace Waybill.StatusService.Tests.Callbacks;

/// <summary>Rules out that a crash between any two writes leaves an end untold, or has it told twice: whoever looks next goes on where it ended.</summary>
[Collection(StatusCollection.Name)]
public sealed class OutboxCrashTests(StatusFixture fixture) : IAsyncLifetime
{
    /// <summary>More than a look at what is owed here has.</summary>
    private const int ManyWrites = 60;

    private static readonly CancellationToken None = CancellationToken.None;

    private CallbackTable _table = null!;

    public async Task InitializeAsync() => _table = await CallbackTable.CreateAsync(fixture);

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_at_any_write_leaves_each_end_to_be_told_once(bool answerIsLost)
    {
        await _table.SubscribeAsync("waybill.*");
        var (expected, delivered, crashes) = (0, 0, 0);

        for (var writes = answerIsLost ? 1 : 0; writes <= ManyWrites; writes++)
        {
            expected += (await _table.FailManyAsync(2)).Count;
            await _table.SucceedAsync(await _table.PostAsync(notify: true));
            delivered++;
            _table.Time.Advance(Digests.Pace);
            var died = await DiesAsync(writes, answerIsLost);

            // What has come meanwhile is not taken for what was planned.
            expected += (await _table.FailManyAsync(1)).Count;
            await _table.RunToTheEndAsync();

            await AssertToldOnceAsync(expected, delivered);

            if (!died)
            {
                break;
            }

            crashes++;
        }

        // Of the success: event, notification, told. Of the failures: plan, event, notification, two told, closed.
        Assert.InRange(crashes, 8, ManyWrites);
    }

    [Fact]
    public async Task A_crash_of_who_finishes_what_a_crash_has_left_is_finished_as_well()
    {
        await _table.SubscribeAsync("waybill.*");
        var expected = 0;

        for (var writes = 0; writes <= 6; writes++)
        {
            expected += (await _table.FailManyAsync(3)).Count;
            _table.Time.Advance(Digests.Pace);

            // The plan is written, and nothing else.
            Assert.True(await DiesAsync(1, answerIsLost: true));
            Assert.True(await DiesAsync(writes, answerIsLost: false));
            await _table.RunToTheEndAsync();

            await AssertToldOnceAsync(expected, delivered: 0);
        }
    }

    [Fact]
    public async Task A_redelivery_of_one_that_a_crash_has_left_planned_finishes_that_plan()
    {
        await _table.SubscribeAsync("waybill.*");
        var failed = await _table.FailManyAsync(3);
        Assert.True(await DiesAsync(1, answerIsLost: true));

        Assert.True((await _table.Parts.Client.RedeliverAsync(failed[1].Id, None)).Applied);

        await AssertToldOnceAsync(expected: 3, delivered: 0);
        Assert.Equal(1, (await _table.ReadAsync(failed[1].Id)).Epoch);
        await _table.RunToTheEndAsync();
        await AssertToldOnceAsync(expected: 3, delivered: 0);
    }

    private async Task AssertToldOnceAsync(int expected, int delivered)
    {
        var failures = await _table.FailuresToldAsync();
        var ids = failures.SelectMany(data => data.Notifications).Select(one => one.Id).ToArray();

        Assert.Equal((expected, expected), (failures.Sum(data => data.Count), ids.Length));
        Assert.Equal(ids.Length, ids.Distinct().Count());
        var successes = await _table.ToldAsync(CallbackTable.Succeeded);
        Assert.Equal(delivered, successes.Count);

        foreach (var told in (await _table.ToldAsync(CallbackTable.Failed)).Concat(successes))
        {
            Assert.Equal(NotificationStatus.Pending, (await _table.ReadAsync(Assert.Single(told.Event.NotificationIds))).Status);
        }
    }

    /// <returns>False: it came to its end.</returns>
    private async Task<bool> DiesAsync(int writes, bool answerIsLost)
    {
        var dying = _table.Dying(writes, answerIsLost);

        try
        {
            await _table.CreateParts(dying).CreateOutbox().RunAsync(500, None);
            return false;
        }
        catch (ProcessDiedException)
        {
            Assert.True(dying.IsDead);
            return true;
        }
    }
}
