using Microsoft.EntityFrameworkCore;
using Waybill.Receiving.EntityFrameworkCore;

namespace Waybill.Receiving.Tests.Databases;

/// <summary>A receiver's own data, beside which the ids are kept.</summary>
internal sealed class ShopDb(DbContextOptions<ShopDb> options) : DbContext(options)
{
    public DbSet<PaidOrder> Orders => Set<PaidOrder>();

    public DbSet<ReceivedWebhook> Received => Set<ReceivedWebhook>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddReceivedWebhooks();
}

internal sealed class PaidOrder
{
    public int Id { get; set; }

    public required string WebhookId { get; set; }
}
