using System.Reflection;
using Waybill.TestSupport.Databases;
using Xunit.Sdk;

namespace Waybill.Outbox.Tests.Support;

public enum DatabaseKind
{
    Sqlite,
    Postgres,
}

/// <summary>Databases for tests, one each; PostgreSQL's server starts with the first that needs it.</summary>
public sealed class Databases : IAsyncLifetime
{
    private PostgresServer? _server;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    internal async Task<IDatabase> CreateAsync(DatabaseKind kind)
    {
        IDatabase database = kind == DatabaseKind.Sqlite ? new SqliteFile() : new PostgresDatabase(await (_server ??= await PostgresServer.StartAsync()).CreateDatabaseAsync());
        await database.CreateTablesAsync();
        return database;
    }
}

[CollectionDefinition(Name)]
public sealed class DatabaseCollection : ICollectionFixture<Databases>
{
    public const string Name = "Databases";
}

/// <summary>Runs the theory on SQLite.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnSqliteAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[DatabaseKind.Sqlite]];
}

/// <summary>Runs the theory on PostgreSQL, where it is installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnPostgresAttribute : DataAttribute
{
    public OnPostgresAttribute() => Skip = PostgresServer.Missing;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[DatabaseKind.Postgres]];
}
