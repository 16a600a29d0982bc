using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Waybill.Receiving.Tests.Databases;

internal sealed class SqliteFile : IDatabase
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("waybill-receiving-");

    public string ConnectionString => $"Data Source={Path.Combine(_folder.FullName, "shop.db")};Pooling=False";

    public void Use(DbContextOptionsBuilder options) => options.UseSqlite(ConnectionString);

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
