using Microsoft.EntityFrameworkCore;
using Waybill.Receiving.EntityFrameworkCore;

namespace Waybill.Receiving.Tests.Databases;

/// <summary>A receiver's own data, beside which the ids are kept.</summary>
internal sealed class ShopDb(DbContextOptions<ShopDb> options) : DbContext(options)
{
    public DbSet<PaidOrder> Orders => Set<PaidOrder>();

    public DbSet<ReceivedWebhook> Received => Set<ReceivedWebhook>();

    /// <summary>One for the test itself, beside those of the receiver.</summary>
    public static ShopDb Open(IDatabase database)
    {
        var options = new DbContextOptionsBuilder<ShopDb>();
        database.Use(options);
        return new ShopDb(options.Options);
    }

    public static async Task CreateAsync(IDatabase database)
    {
        await using var context = Open(database);
        await context.Database.EnsureCreatedAsync();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddReceivedWebhooks();
}

internal sealed class PaidOrder
{
    public int Id { get; set; }

    public required string WebhookId { get; set; }
}
