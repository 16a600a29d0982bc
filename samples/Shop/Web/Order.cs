using Microsoft.EntityFrameworkCore;
using Waybill.Client.EntityFrameworkCore;

namespace Waybill.Samples.Shop;

internal sealed class Order
{
    public int Id { get; set; }

    /// <summary>What its webhook is found by at Waybill.</summary>
    public Guid Reference { get; set; } = Guid.CreateVersion7();

    public DateTime PlacedAt { get; set; } = DateTime.UtcNow;
}

internal sealed class ShopDb(DbContextOptions<ShopDb> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    protected override void OnModelCreating(ModelBuilder model) => model.AddWaybillOutbox();
}
