using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Receiving.EntityFrameworkCore;
using Waybill.Receiving.Tests.Support;

namespace Waybill.Receiving.Tests.Databases;

/// <summary>A receiver whose handler writes an order for each webhook.</summary>
internal sealed class ShopReceiver : IAsyncDisposable
{
    private readonly IDatabase _database;

    private ShopReceiver(IDatabase database) => _database = database;

    public TestReceiver Receiver { get; private set; } = null!;

    /// <summary>For each run of the handler.</summary>
    public ConcurrentQueue<string> Runs { get; } = new();

    /// <param name="answer">What the handler does after it has saved the order.</param>
    public static async Task<ShopReceiver> StartAsync(IDatabase database, Func<ShopReceiver, Task<IResult>> answer, TimeProvider? time = null)
    {
        var shop = new ShopReceiver(database);
        await ShopDb.CreateAsync(database);

        shop.Receiver = await TestReceiver.StartAsync(
            app => app
                .MapWebhook("/hook", async (Webhook webhook, ShopDb db) =>
                {
                    shop.Runs.Enqueue(webhook.Id);
                    db.Orders.Add(new PaidOrder { WebhookId = webhook.Id });
                    await db.SaveChangesAsync();
                    return await answer(shop);
                })
                .VerifyStandardWebhook(Call.Secret)
                .WithoutRepeats(),
            builder =>
            {
                builder.Services.AddDbContext<ShopDb>(database.Use);
                builder.Services.AddWebhookDeduplication<ShopDb>();
            },
            time);

        return shop;
    }

    public Task<Answer> SendAsync(Call call) => Receiver.SendAsync(call);

    /// <returns>How many orders, and how many ids, are on record.</returns>
    public async Task<(int Orders, int Ids)> RecordedAsync()
    {
        await using var context = ShopDb.Open(_database);
        return (await context.Orders.CountAsync(), await context.Received.CountAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await Receiver.DisposeAsync();
        await _database.DisposeAsync();
    }
}
