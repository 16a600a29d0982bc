using System.Net;
using Waybill.Receiving.Tests.Support;
using Waybill.TestSupport;
using Results = Microsoft.AspNetCore.Http.Results;

namespace Waybill.Receiving.Tests.Databases;

/// <summary>The promises with PostgreSQL and a context that tries again, and with a server that goes away.</summary>
public sealed class PostgresTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [PostgresFact]
    public async Task A_webhook_is_handled_once() => await Promises.A_webhook_is_handled_once_and_its_id_is_there_with_its_order(await postgres.CreateAsync());

    [PostgresFact]
    public async Task A_failure_leaves_nothing() => await Promises.A_failure_leaves_neither_and_the_next_attempt_is_handled(await postgres.CreateAsync(), throws: true);

    [PostgresFact]
    public async Task Race_of_two_calls_with_one_id_of_which_the_first_succeeds() =>
        await Promises.Race_of_two_calls_with_one_id_lets_the_second_wait_for_the_first(await postgres.CreateAsync(), firstSucceeds: true);

    [PostgresFact]
    public async Task Race_of_two_calls_with_one_id_of_which_the_first_fails() =>
        await Promises.Race_of_two_calls_with_one_id_lets_the_second_wait_for_the_first(await postgres.CreateAsync(), firstSucceeds: false);

    [PostgresFact]
    public async Task Old_rows_are_removed() => await Promises.Old_rows_are_removed_and_young_ones_stay(await postgres.CreateAsync());

    [PostgresFact]
    public async Task Who_waits_longer_than_the_database_lets_it_is_told_to_come_again()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var shop = await ShopReceiver.StartAsync(await postgres.CreateAsync(commandTimeoutSeconds: 2), async _ =>
        {
            await release.Task;
            return Results.NoContent();
        });
        var call = new Call();

        var first = shop.SendAsync(call);
        await Eventually.HoldsAsync(() => shop.Runs.Count == 1);
        var second = await shop.SendAsync(call);
        release.SetResult();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5)), (second.Status, second.RetryAfter));
        Assert.Equal(HttpStatusCode.NoContent, (await first).Status);
        Assert.Equal((1, 1), await shop.RecordedAsync());
    }

    /// <summary>The handler has answered 200 by then: what goes out is that nothing was stored.</summary>
    [PostgresFact]
    public async Task A_commit_that_fails_is_no_success_and_the_handler_is_not_run_a_second_time_for_the_same_call()
    {
        var database = await postgres.CreateAsync();
        await using var shop = await ShopReceiver.StartAsync(database, async shop =>
        {
            if (shop.Runs.Count == 1)
            {
                await database.CutAsync();
            }

            return Results.Text("stored");
        });
        var call = new Call();

        var failed = await shop.SendAsync(call);
        var runs = shop.Runs.Count;
        var left = await shop.RecordedAsync();
        var repeated = await shop.SendAsync(call);

        Assert.Equal((HttpStatusCode.InternalServerError, 1, (0, 0)), (failed.Status, runs, left));
        Assert.DoesNotContain("stored", failed.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, repeated.Status);
        Assert.Equal((1, 1), await shop.RecordedAsync());
    }
}
