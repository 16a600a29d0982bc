using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Waybill.Client.EntityFrameworkCore;
using Waybill.Outbox.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.Outbox.Tests;

/// <summary>Rules out that rows are lost, refused or hurried while Waybill takes nothing, or while the process stops.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class OutageTests(Databases databases) : IntakeTests
{
    [Theory]
    [InlineData(429, "too-many-requests")]
    [InlineData(503, "table-unavailable")]
    public async Task What_Waybill_asks_to_wait_for_is_waited_for(int status, string problem)
    {
        var time = Clock.Stopped();
        var calls = new List<DateTimeOffset>();
        Intake.Instead = async (context, _) =>
        {
            calls.Add(time.GetUtcNow());
            context.Response.Headers.RetryAfter = "40";
            return calls.Count == 1 && await RecordingIntake.RefuseAsync(context, problem, status);
        };
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await using var shop = await Shop.StartAsync(database, Intake.Url, time: time);

        var id = Assert.Single(await shop.OrderAsync());
        await time.PassUntilAsync(() => Intake.All.Count == 1);

        Assert.Equal(id, Intake.All.Single().Key);
        Assert.InRange(calls[1] - calls[0], TimeSpan.FromSeconds(40), TimeSpan.MaxValue);
    }

    /// <summary>A key that has expired, a wrong address, a proxy's page: none of it says anything of the rows.</summary>
    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(502)]
    public async Task A_batch_that_is_refused_for_what_is_not_its_rows_is_sent_again_whole(int status)
    {
        var time = Clock.Stopped();
        Intake.Instead = async (context, _) => Intake.Batches.Count <= 3 && await RecordingIntake.RefuseAsync(context, "unauthorized", status);
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await using var shop = await Shop.StartAsync(database, Intake.Url, time: time);

        await shop.UseAsync(db =>
        {
            Orders.Add(db, 1);
            return db.SaveChangesAsync();
        });
        await time.PassUntilAsync(() => Intake.All.Count == 1);

        Assert.Equal(4, Intake.Batches.Count);
        Assert.Equal(3, shop.Lines.All.Count(line => line.Level == LogLevel.Warning && line.Text.Contains($"{status} unauthorized", StringComparison.Ordinal)));
    }

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task While_nothing_is_taken_rows_stay_as_they_were(DatabaseKind kind)
    {
        var time = Clock.Stopped();
        var isDown = true;
        Intake.Instead = async (context, _) => isDown && await RecordingIntake.RefuseAsync(context, "table-unavailable", StatusCodes.Status503ServiceUnavailable);
        await using var database = await databases.CreateAsync(kind);
        await using var shop = await Shop.StartAsync(database, Intake.Url, time: time);

        var ids = await shop.OrderAsync(10);
        await time.PassUntilAsync(() => Intake.Batches.Count >= 6);
        await Eventually.HoldsAsync(async () => (await database.WaitingAsync()).All(row => row is { Lease: null, Attempts: 0, Problem: null } && row.DueAt == row.CreatedAt));
        isDown = false;
        await time.PassUntilAsync(() => Intake.All.Count >= 10);

        Assert.Equal(ids.Order(), Intake.All.Select(taken => taken.Key).Order());
    }

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task A_stop_while_a_batch_is_under_way_loses_nothing(DatabaseKind kind)
    {
        var time = Clock.Stopped();
        Intake.Instead = async (context, _) =>
        {
            if (Intake.Batches.Count == 1)
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }

            return false;
        };
        await using var database = await databases.CreateAsync(kind);
        IReadOnlyList<Guid> ids;

        await using (var stopped = await Shop.StartAsync(database, Intake.Url, time: time))
        {
            ids = await stopped.OrderAsync(20);
            await Eventually.HoldsAsync(() => Intake.Batches.Count == 1);
            var stop = stopped.StopAsync();
            await time.PassUntilAsync(() => stop.IsCompleted);
            await stop;
        }

        // No time passes any more: what was in hand is free at once, and not with the end of a lease.
        await using var next = await Shop.StartAsync(database, Intake.Url, time: time);
        await Eventually.HoldsAsync(() => Intake.All.Count == 20);

        Assert.Equal(ids.Order(), Intake.All.Select(taken => taken.Key).Order());
    }

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task A_large_backlog_of_one_SaveChanges_goes_in_batches_that_Waybill_takes(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var shop = await Shop.StartAsync(database, Intake.Url, options => options.Senders = 2);

        var ids = await shop.OrderAsync(1000);
        await Eventually.HoldsAsync(() => Intake.All.Count >= 1000);

        Assert.Equal(ids.Order(), Intake.All.Select(taken => taken.Key).Order());
        Assert.All(Intake.Batches, batch => Assert.InRange(batch.Entries.Count, 1, 100));
        Assert.InRange(Intake.Batches.Count, 10, 60);
    }

    [Fact]
    public async Task A_batch_of_large_rows_has_fewer_of_them()
    {
        const int intakesLimit = 8 * 1024 * 1024;
        var payload = new string('x', 250 * 1024);
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await using var shop = await Shop.StartAsync(database, Intake.Url);

        await shop.UseAsync(db =>
        {
            for (var number = 0; number < 40; number++)
            {
                db.Notify(Orders.Url, payload);
            }

            return db.SaveChangesAsync();
        });
        await Eventually.HoldsAsync(() => Intake.All.Count == 40);

        Assert.All(Intake.Batches, batch => Assert.InRange(batch.Bytes, 1, intakesLimit));
        Assert.InRange(Intake.Batches.Count, 3, 5);
    }

    [Fact]
    public async Task The_age_of_what_waits_is_measured()
    {
        var time = Clock.Stopped();
        Intake.Instead = (context, _) => RecordingIntake.RefuseAsync(context, "table-unavailable", StatusCodes.Status503ServiceUnavailable);
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await using var shop = await Shop.StartAsync(database, Intake.Url, time: time);
        using var waiting = new Counted(shop.Services, "waybill.outbox.waiting");
        using var oldest = new Counted(shop.Services, "waybill.outbox.oldest");

        await shop.OrderAsync(3);
        await time.PassUntilAsync(() => oldest.Read() > 30);

        Assert.Equal(3, waiting.Read());
        Assert.True(oldest.Read() <= (time.GetUtcNow() - Clock.Stopped().GetUtcNow()).TotalSeconds, oldest.Read()?.ToString(CultureInfo.InvariantCulture));
    }
}
