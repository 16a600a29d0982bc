using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Waybill.Outbox.Tests.Support;

internal sealed class SqliteFile : IDatabase
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("waybill-outbox-");

    public string ConnectionString => $"Data Source={Path.Combine(_folder.FullName, "shop.db")}";

    public void Use(DbContextOptionsBuilder options) => options.UseSqlite(ConnectionString);

    public ValueTask DisposeAsync()
    {
        using (var connection = new SqliteConnection(ConnectionString))
        {
            SqliteConnection.ClearPool(connection);
        }

        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
