using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Waybill.Client;
using Waybill.Client.EntityFrameworkCore.Rows;
using Waybill.Outbox.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.Outbox.Tests;

/// <summary>Rules out that two relays have one row in hand at the same time, and that a row stays with one that is gone.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class LeaseTests(Databases databases)
{
    private const int All = 100;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private static readonly WaybillProblem Problem = new() { Type = "urn:waybill:problem:validation", Title = "No.", Status = 400 };

    private readonly FakeTimeProvider _time = Clock.Stopped();

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task Two_relays_side_by_side_send_each_row_once(DatabaseKind kind)
    {
        const int orders = 400;
        await using var intake = await RecordingIntake.StartAsync();
        intake.Instead = async (_, _) =>
        {
            // None of them is done before the other has begun.
            await Eventually.HoldsAsync(() => intake.Batches.Select(batch => batch.Authorization).Distinct().Count() == 2);
            return false;
        };
        await using var database = await databases.CreateAsync(kind);

        await using (var db = database.Open())
        {
            Orders.Add(db, orders);
            await db.SaveChangesAsync();
        }

        await using var one = await Shop.StartAsync(database, intake.Url, options => (options.BatchSize, options.Senders) = (10, 2), apiKey: "one");
        await using var other = await Shop.StartAsync(database, intake.Url, options => options.BatchSize = 10, apiKey: "other");
        await Eventually.HoldsAsync(async () => (await database.WaitingAsync()).Count == 0);

        Assert.Equal(orders, intake.All.Count);
        Assert.Equal(orders, intake.All.Select(taken => taken.Key).Distinct().Count());
        Assert.Equal(2, intake.All.Select(taken => taken.Authorization).Distinct().Count());
    }

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task Race_of_two_relays_that_have_seen_the_same_rows_gives_each_row_to_one(DatabaseKind kind)
    {
        await using var database = await FilledAsync(kind);
        using var meeting = new Meeting(participants: 2);
        await using var one = Relay(database, meeting);
        await using var other = Relay(database, meeting);

        var taken = await Task.WhenAll(one.Rows.TakeAsync(All, default), other.Rows.TakeAsync(All, default));

        Assert.Equal(10, taken.Sum(rows => rows.Rows.Count));
        Assert.Equal(10, taken.SelectMany(rows => rows.Rows).Select(row => row.Id).Distinct().Count());
        Assert.All(taken, rows => Assert.True(rows.Rows.Count == 10 || rows.MayBeMore));
    }

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task A_lease_that_ran_out_is_taken_over_and_not_a_moment_before(DatabaseKind kind)
    {
        await using var database = await FilledAsync(kind);
        await using var one = Relay(database);
        await using var other = Relay(database);

        await one.Rows.TakeAsync(All, default);
        _time.Advance(Lease - TimeSpan.FromMilliseconds(1));
        var early = await other.Rows.TakeAsync(All, default);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var late = await other.Rows.TakeAsync(All, default);

        Assert.Empty(early.Rows);
        Assert.Equal(10, late.Rows.Count);
    }

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task Who_has_lost_the_lease_can_say_of_a_row_only_that_waybill_has_it(DatabaseKind kind)
    {
        await using var database = await FilledAsync(kind);
        await using var one = Relay(database);
        await using var other = Relay(database);

        var lost = await one.Rows.TakeAsync(All, default);
        _time.Advance(Lease);
        var held = await other.Rows.TakeAsync(All, default);
        var ids = lost.Rows.Select(row => row.Id).ToList();

        await one.Rows.RefuseAsync(ids[0], lost.Lease, Problem, default);
        await one.Rows.PostponeAsync(ids[1], lost.Lease, Lease, Problem, default);
        await one.Rows.ReleaseAsync(ids, lost.Lease, default);
        Assert.All(await database.WaitingAsync(), row => Assert.Equal((held.Lease, null), (row.Lease, row.Problem)));

        await one.Rows.DeleteAsync([ids[2]], default);
        Assert.Equal(9, (await database.WaitingAsync()).Count);
    }

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task The_oldest_come_first_also_after_they_were_released(DatabaseKind kind)
    {
        await using var database = await FilledAsync(kind);
        await using var relay = Relay(database);
        var oldest = (await database.WaitingAsync()).OrderBy(row => row.CreatedAt).Select(row => row.Id).Take(3).ToList();

        var first = await relay.Rows.TakeAsync(3, default);
        await relay.Rows.ReleaseAsync([.. first.Rows.Select(row => row.Id)], first.Lease, default);
        var second = await relay.Rows.TakeAsync(3, default);

        Assert.Equal(oldest, first.Rows.Select(row => row.Id));
        Assert.Equal(oldest, second.Rows.Select(row => row.Id));
        Assert.True(second.MayBeMore);
    }

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task The_backlog_is_what_waits_or_is_in_hand_and_not_what_was_refused(DatabaseKind kind)
    {
        await using var database = await FilledAsync(kind);
        await using var relay = Relay(database);
        var oldest = (await database.WaitingAsync()).Min(row => row.CreatedAt);

        var taken = await relay.Rows.TakeAsync(2, default);
        await relay.Rows.RefuseAsync(taken.Rows[0].Id, taken.Lease, Problem, default);
        _time.Advance(TimeSpan.FromSeconds(5));
        var backlog = await relay.Rows.BacklogAsync(default);

        Assert.Equal(9, backlog.Count);
        Assert.Equal(_time.GetUtcNow().UtcDateTime - taken.Rows[1].CreatedAt, backlog.OldestAge);
        Assert.True(taken.Rows[1].CreatedAt > oldest);
    }

    /// <summary>Ten rows, a second between each and the next.</summary>
    private async Task<IDatabase> FilledAsync(DatabaseKind kind)
    {
        var database = await databases.CreateAsync(kind);
        await using var relay = Relay(database);

        for (var number = 0; number < 10; number++)
        {
            await using var scope = relay.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<ShopDb>();
            Orders.Add(db, 1);
            await db.SaveChangesAsync();
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        return database;
    }

    private RelaysView Relay(IDatabase database, params IInterceptor[] interceptors)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time);
        services.AddDbContext<ShopDb>(options =>
        {
            database.Use(options);
            options.AddInterceptors(interceptors);
        });
        services.AddWaybillOutbox<ShopDb>(options => options.Lease = Lease);
        return new RelaysView(services.BuildServiceProvider());
    }

    /// <summary>The table as a relay of another process sees it.</summary>
    private sealed class RelaysView(ServiceProvider services) : IAsyncDisposable
    {
        public IServiceProvider Services => services;

        public OutboxRows<ShopDb> Rows => services.GetRequiredService<OutboxRows<ShopDb>>();

        public ValueTask DisposeAsync() => services.DisposeAsync();
    }

    /// <summary>Holds each back before it writes, until all have come to that point.</summary>
    private sealed class Meeting(int participants) : DbCommandInterceptor, IDisposable
    {
        private readonly SemaphoreSlim _all = new(0);
        private int _here;

        public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<int> result,
            CancellationToken cancellationToken = default)
        {
            if (Interlocked.Increment(ref _here) == participants)
            {
                _all.Release(participants);
            }

            await Eventually.ComesAsync(_all.WaitAsync(cancellationToken));
            return result;
        }

        public void Dispose() => _all.Dispose();
    }
}
