using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Waybill.Client.EntityFrameworkCore;
using Waybill.Outbox.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.Outbox.Tests;

/// <summary>Rules out that what Waybill refuses is lost or tried for ever, and that one row's trouble holds up others.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class RefusalTests(Databases databases) : IntakeTests
{
    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task What_is_refused_for_good_is_kept_with_its_problem_counted_and_not_sent_again(DatabaseKind kind)
    {
        var time = Clock.Stopped();
        Intake.Judge = entry => NumberOf(entry) == 3 ? RecordingIntake.Problem("validation", 400) : null;
        await using var database = await databases.CreateAsync(kind);
        await using var shop = await Shop.StartAsync(database, Intake.Url, time: time);
        using var refused = new Counted(shop.Services, "waybill.outbox.refused");
        using var accepted = new Counted(shop.Services, "waybill.outbox.accepted");

        var ids = await shop.OrderAsync(6);
        await Eventually.HoldsAsync(async () => (await database.WaitingAsync()) is [{ RefusedAt: not null }]);
        time.Advance(TimeSpan.FromHours(2));
        await shop.OrderAsync();
        await Eventually.HoldsAsync(() => Intake.All.Count == 6);

        var row = Assert.Single(await database.WaitingAsync(), row => row.RefusedAt is not null);
        Assert.Equal(ids[3], row.Id);
        Assert.Equal((null, null), (row.DueAt, row.Lease));
        Assert.Equal("urn:waybill:problem:validation", (string?)JsonNode.Parse(row.Problem!)!["type"]);
        Assert.Single(Intake.Batches.SelectMany(batch => batch.Entries), entry => NumberOf(entry) == 3);
        Assert.Single(shop.Lines.All, line => line.Level == LogLevel.Error && line.Text.Contains(row.Id.ToString(), StringComparison.Ordinal));
        Assert.Equal((1, "validation"), (refused.Sum, refused.Tag("waybill.problem")));
        Assert.Equal(6, accepted.Sum);
    }

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task What_is_refused_for_now_is_sent_again_while_the_others_go_on(DatabaseKind kind)
    {
        var time = Clock.Stopped();
        var times = 0;
        Intake.Judge = entry => NumberOf(entry) == 2 && ++times <= 3 ? RecordingIntake.Problem(times == 1 ? "record-trouble" : "too-many-requests", times == 1 ? 500 : 429) : null;
        await using var database = await databases.CreateAsync(kind);
        await using var shop = await Shop.StartAsync(database, Intake.Url, options => options.PollInterval = TimeSpan.FromSeconds(1), time);

        var ids = await shop.OrderAsync(6);
        await Eventually.HoldsAsync(() => Intake.All.Count == 5);
        await time.PassUntilAsync(() => Intake.All.Count == 6);

        Assert.Equal(ids[2], Intake.All.Last().Key);
        Assert.Equal(4, times);
        Assert.Equal(3, shop.Lines.All.Count(line => line.Text.Contains("It is tried again", StringComparison.Ordinal)));
    }

    /// <summary>What fails only together with one row is sent in ever smaller parts, until that one is alone.</summary>
    [Theory]
    [InlineData(413)]
    [InlineData(500)]
    public async Task A_row_that_fails_every_batch_that_it_is_in_is_found(int status)
    {
        var time = Clock.Stopped();
        Intake.Instead = async (context, batch) =>
            batch.Entries.Any(entry => NumberOf(entry) == 4) && await RecordingIntake.RefuseAsync(context, status == 413 ? "body-too-large" : "internal-error", status);
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await using var shop = await Shop.StartAsync(database, Intake.Url, options => options.PollInterval = TimeSpan.FromSeconds(1), time);

        var ids = await shop.OrderAsync(12);
        await time.PassUntilAsync(() => Intake.All.Count == 11);
        await Eventually.HoldsAsync(async () => await database.WaitingAsync() is [{ Problem: not null }]);

        var row = Assert.Single(await database.WaitingAsync());
        Assert.Equal((ids[4], status == 413), (row.Id, row.RefusedAt is not null));
    }

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task A_row_of_a_later_release_waits_for_it_and_holds_up_no_other(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var shop = await Shop.StartAsync(database, Intake.Url);

        await shop.UseAsync(db =>
        {
            var now = DateTime.UtcNow;
            const string content = """{"url":"http://receiver.example","colour":"green"}""";
            db.Outbox.Add(new OutboxRow { Id = Guid.CreateVersion7(), Kind = OutboxKind.Notification, Content = content, Size = content.Length, CreatedAt = now, DueAt = now });
            Orders.Add(db, 2);
            return db.SaveChangesAsync();
        });
        await Eventually.HoldsAsync(() => Intake.All.Count == 2);
        await Eventually.HoldsAsync(async () => await database.WaitingAsync() is [{ Problem: not null }]);

        var row = Assert.Single(await database.WaitingAsync());
        Assert.Contains("colour", row.Problem, StringComparison.Ordinal);
        Assert.NotNull(row.DueAt);
    }

    private static int? NumberOf(JsonNode entry) => (int?)entry["payload"]?["number"];
}
