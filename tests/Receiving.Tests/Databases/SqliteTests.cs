using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Receiving.EntityFrameworkCore;
using Waybill.Receiving.Tests.Support;

namespace Waybill.Receiving.Tests.Databases;

/// <summary>The promises with SQLite, and with a process that dies.</summary>
public sealed class SqliteTests
{
    [Fact]
    public Task A_webhook_is_handled_once() => Promises.A_webhook_is_handled_once_and_its_id_is_there_with_its_order(new SqliteFile());

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_failure_leaves_nothing(bool throws) => Promises.A_failure_leaves_neither_and_the_next_attempt_is_handled(new SqliteFile(), throws);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Race_of_two_calls_with_one_id(bool firstSucceeds) => Promises.Race_of_two_calls_with_one_id_lets_the_second_wait_for_the_first(new SqliteFile(), firstSucceeds);

    [Fact]
    public Task Old_rows_are_removed() => Promises.Old_rows_are_removed_and_young_ones_stay(new SqliteFile());

    [Theory]
    [InlineData(DyingReceiver.BeforeItsEnd, 0, HttpStatusCode.OK)]
    [InlineData(DyingReceiver.BeforeItsAnswer, 1, HttpStatusCode.NoContent)]
    public async Task A_process_that_dies_leaves_both_or_neither_and_the_next_attempt_finds_out_which(string moment, int left, HttpStatusCode next)
    {
        var database = new SqliteFile();
        var call = new Call();
        await ShopDb.CreateAsync(database);
        await DyingReceiver.DieAsync(database.ConnectionString, moment, call);

        await using var shop = await ShopReceiver.StartAsync(database, _ => Task.FromResult(Results.Ok()));

        Assert.Equal((left, left), await shop.RecordedAsync());
        Assert.Equal(next, (await shop.SendAsync(call)).Status);
        Assert.Equal((1, 1), await shop.RecordedAsync());
    }

    [Fact]
    public async Task What_a_handler_has_not_saved_is_saved_with_the_id()
    {
        await using var database = new SqliteFile();
        await ShopDb.CreateAsync(database);
        await using var receiver = await TestReceiver.StartAsync(
            app => app
                .MapWebhook("/hook", (Webhook webhook, ShopDb db) => db.Orders.Add(new PaidOrder { WebhookId = webhook.Id }) is null)
                .VerifyStandardWebhook(Call.Secret)
                .WithoutRepeats(),
            builder => builder.Services.AddDbContext<ShopDb>(database.Use).AddWebhookDeduplication<ShopDb>());

        var answer = await receiver.SendAsync(new Call());

        await using var context = ShopDb.Open(database);
        Assert.Equal((HttpStatusCode.OK, 1), (answer.Status, await context.Orders.CountAsync()));
    }

    [Fact]
    public async Task A_model_without_the_table_fails_the_start()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => TestReceiver.StartAsync(
            app => app.MapWebhook("/hook", (Webhook _) => { }).VerifyStandardWebhook(Call.Secret).WithoutRepeats(),
            builder => builder.Services.AddDbContext<EmptyDb>(options => options.UseSqlite("Data Source=:memory:")).AddWebhookDeduplication<EmptyDb>()));

        Assert.Contains("AddReceivedWebhooks()", error.Message, StringComparison.Ordinal);
    }

    private sealed class EmptyDb(DbContextOptions<EmptyDb> options) : DbContext(options);
}
