using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Outbox.Tests.Support;

namespace Waybill.Outbox.Tests.Proof;

/// <summary>A process that commits orders, rolls some back, and relays, until it dies.</summary>
internal static class Victim
{
    public const string Ready = "ready";

    /// <summary>Begins a line with the id of a row that will be rolled back.</summary>
    public const string RollsBack = "rolls back ";

    /// <summary>It must not outlive what it is for.</summary>
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(2);

    /// <param name="database">With its tables.</param>
    /// <param name="generation">By which intake knows it.</param>
    public static async Task RunAsync(IDatabase database, Uri intake, string generation, CrashPoint point)
    {
        using var life = new CancellationTokenSource(LongestLife);
        var death = new Death(point);

        await WarmUpAsync(database);
        Console.WriteLine(Ready);

        if (await Console.In.ReadLineAsync(life.Token) is null)
        {
            return;
        }

        await using var shop = await Shop.StartAsync(
            database,
            intake,
            Prover.Configure,
            apiKey: generation,
            more: builder =>
            {
                builder.Services.ConfigureDbContext<ShopDb>(options => options.AddInterceptors(death.Interceptors));
                builder.Services.AddHttpClient("Waybill").AddHttpMessageHandler(death.Handler);
            });

        while (!life.IsCancellationRequested)
        {
            await shop.UseAsync(db => OrderAsync(db, Random.Shared.Next(5)));
            await Task.Delay(Random.Shared.Next(8));
        }
    }

    /// <summary>So that it dies at its work, and not while that is compiled.</summary>
    private static async Task WarmUpAsync(IDatabase database)
    {
        await using var db = database.Open();
        await db.Outbox.AnyAsync();
    }

    private static async Task<int> OrderAsync(ShopDb db, int way)
    {
        switch (way)
        {
            case 0:
                await using (var transaction = await db.Database.BeginTransactionAsync())
                {
                    var ids = Orders.Add(db, 2);
                    Console.WriteLine(string.Join(Environment.NewLine, ids.Select(id => RollsBack + id)));
                    await db.SaveChangesAsync();
                    await transaction.RollbackAsync();
                }

                break;

            case 1:
                await using (var transaction = await db.Database.BeginTransactionAsync())
                {
                    Orders.Add(db, 1);
                    await db.SaveChangesAsync();
                    Orders.Add(db, 3);
                    await db.SaveChangesAsync();
                    await transaction.CommitAsync();
                }

                break;

            default:
                Orders.Add(db, way);
                await db.SaveChangesAsync();
                break;
        }

        return way;
    }
}
