using Microsoft.EntityFrameworkCore;

namespace Waybill.Outbox.Tests.Support;

/// <param name="connectionString">Of a database of its own; the server is the caller's.</param>
internal sealed class PostgresDatabase(string connectionString) : IDatabase
{
    public string ConnectionString => connectionString;

    public void Use(DbContextOptionsBuilder options) => options.UseNpgsql(connectionString);

    /// <summary>It ends with its server.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
