using Microsoft.EntityFrameworkCore;
using Waybill.Client;
using Waybill.Client.EntityFrameworkCore;
using Waybill.Outbox.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.Outbox.Tests;

/// <summary>Rules out that something is handed over that was not committed, or that what was committed is not, or twice.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class CommitTests(Databases databases) : IntakeTests
{
    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task What_is_saved_is_handed_over_at_once_and_once_with_its_rows_id_as_its_key(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var shop = await Shop.StartAsync(database, Intake.Url);

        var ids = await shop.OrderAsync(2);
        await Eventually.HoldsAsync(() => Intake.All.Count == 2);
        await Eventually.HoldsAsync(async () => (await database.WaitingAsync()).Count == 0);

        var happened = Intake.All.Single(taken => taken.Path == "/v1/events/batch");
        var notification = Intake.All.Single(taken => taken.Path == "/v1/notifications/batch");
        Assert.Equal(ids, [happened.Key, notification.Key]);
        Assert.Equal($$$"""{"type":"order.created","tenant":"customer-1","payload":{"number":0},"idempotencyKey":"{{{ids[0]}}}"}""", Sorted(happened));
        Assert.Equal($$$"""{"url":"{{{Orders.Url}}}","payload":{"number":1},"idempotencyKey":"{{{ids[1]}}}"}""", Sorted(notification));
        Assert.Equal(7, ids[0].Version);
    }

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task What_is_rolled_back_is_never_handed_over(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var shop = await Shop.StartAsync(database, Intake.Url, options => options.PollInterval = TimeSpan.FromMilliseconds(50));

        await shop.UseAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            Orders.Add(db, 4);
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
            return 0;
        });
        var committed = await shop.OrderAsync();

        await Eventually.HoldsAsync(async () => Intake.All.Count > 0 && (await database.WaitingAsync()).Count == 0);
        Assert.Equal(committed, Intake.All.Select(taken => taken.Key));
    }

    /// <summary>The relay looks once an hour here: it has to be told.</summary>
    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task What_is_saved_in_a_transaction_is_handed_over_at_its_commit_and_not_before(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var shop = await Shop.StartAsync(database, Intake.Url);

        var (ids, before) = await shop.UseAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var first = Orders.Add(db, 1);
            await db.SaveChangesAsync();
            var second = Orders.Add(db, 1);
            await db.SaveChangesAsync();
            var sent = Intake.Batches.Count;
            await transaction.CommitAsync();
            return ((Guid[])[.. first, .. second], sent);
        });

        await Eventually.HoldsAsync(() => Intake.All.Count == 2);
        Assert.Equal(0, before);
        Assert.Equal(ids.Order(), Intake.All.Select(taken => taken.Key).Order());
    }

    /// <summary>The relay has looked meanwhile and found nothing of it: only the commit itself can tell it. SQLite has one writer at a time.</summary>
    [Theory]
    [OnPostgres]
    public async Task What_is_saved_in_a_transaction_is_told_of_at_its_commit_though_another_was_told_of_before(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var shop = await Shop.StartAsync(database, Intake.Url);

        var (late, early) = await shop.UseAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var inside = Orders.Add(db, 1);
            await db.SaveChangesAsync();
            var outside = await shop.OrderAsync();
            await Eventually.HoldsAsync(() => Intake.All.Count == 1);
            await transaction.CommitAsync();
            return (inside, outside);
        });

        await Eventually.HoldsAsync(() => Intake.All.Count == 2);
        Assert.Equal([.. early, .. late], Intake.All.Select(taken => taken.Key));
    }

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task What_a_process_without_a_relay_has_saved_is_found_by_one_that_has_it(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var shop = await Shop.StartAsync(database, Intake.Url, options => options.PollInterval = TimeSpan.FromMilliseconds(50));
        IReadOnlyList<Guid> ids;

        await using (var db = database.Open())
        {
            ids = Orders.Add(db, 3);
            await db.SaveChangesAsync();
        }

        await Eventually.HoldsAsync(() => Intake.All.Count == 3);
        Assert.Equal(ids.Order(), Intake.All.Select(taken => taken.Key).Order());
    }

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task Everything_that_a_draft_has_arrives(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var shop = await Shop.StartAsync(database, Intake.Url);
        var at = new DateTimeOffset(2027, 1, 2, 3, 4, 5, TimeSpan.FromHours(1));

        await shop.UseAsync(db =>
        {
            db.Notify(new NotificationDraft
            {
                Url = Orders.Url,
                Method = "PUT",
                Headers = new Dictionary<string, string> { ["X-Shop"] = "ü" },
                PayloadText = "Straße \u0001 😀",
                ContentType = "text/plain",
                CorrelationId = "order 7",
                TimeoutSeconds = 3,
                RetrySchedule = [],
                DeliverAt = at,
                Notify = true,
            });
            return db.SaveChangesAsync();
        });

        await Eventually.HoldsAsync(() => Intake.All.Count == 1);
        var taken = Intake.All.Single();
        Assert.Equal(
            ["contentType", "correlationId", "deliverAt", "headers", "idempotencyKey", "method", "notify", "payloadText", "retrySchedule", "timeoutSeconds", "url"],
            taken.Entry.AsObject().Select(field => field.Key).Order(StringComparer.Ordinal));
        Assert.Equal("Straße \u0001 😀", (string?)taken.Entry["payloadText"]);
        Assert.Equal("ü", (string?)taken.Entry["headers"]!["X-Shop"]);
        Assert.Equal("2027-01-02T02:04:05.000Z", (string?)taken.Entry["deliverAt"]);
    }

    private static string Sorted(Taken taken)
    {
        var entry = taken.Entry.DeepClone().AsObject();
        var key = entry["idempotencyKey"]!.DeepClone();
        entry.Remove("idempotencyKey");
        entry.Add("idempotencyKey", key);
        return entry.ToJsonString();
    }
}
