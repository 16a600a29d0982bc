using Microsoft.EntityFrameworkCore;

namespace Waybill.Outbox.Tests.Support;

/// <param name="connectionString">Of another process's file, which stays.</param>
internal sealed class SqliteOfAnother(string connectionString) : IDatabase
{
    public string ConnectionString => connectionString;

    public void Use(DbContextOptionsBuilder options) => options.UseSqlite(connectionString);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
