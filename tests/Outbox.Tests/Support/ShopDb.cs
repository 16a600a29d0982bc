using Microsoft.EntityFrameworkCore;
using Waybill.Client.EntityFrameworkCore;

namespace Waybill.Outbox.Tests.Support;

/// <summary>An application's own data, with the outbox beside it.</summary>
internal sealed class ShopDb(DbContextOptions<ShopDb> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddWaybillOutbox();
}

internal sealed class Order
{
    public int Id { get; set; }

    /// <summary>Of the row that tells of it.</summary>
    public required Guid Row { get; set; }
}
