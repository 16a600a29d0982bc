using Microsoft.EntityFrameworkCore;

namespace Waybill.Outbox.Tests.Support;

/// <summary>A database that is there, with the shop's empty tables.</summary>
internal interface IDatabase : IAsyncDisposable
{
    /// <summary>What another process needs to use it.</summary>
    string ConnectionString { get; }

    void Use(DbContextOptionsBuilder options);
}

internal static class DatabaseContexts
{
    /// <summary>One that no relay hears of.</summary>
    public static ShopDb Open(this IDatabase database)
    {
        var options = new DbContextOptionsBuilder<ShopDb>();
        database.Use(options);
        return new ShopDb(options.Options);
    }

    public static async Task CreateTablesAsync(this IDatabase database)
    {
        await using var db = database.Open();
        await db.Database.EnsureCreatedAsync();
    }
}
