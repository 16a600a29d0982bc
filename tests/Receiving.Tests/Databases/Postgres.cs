using Microsoft.EntityFrameworkCore;
using Npgsql;
using Waybill.TestSupport.Databases;

namespace Waybill.Receiving.Tests.Databases;

/// <summary>One server for all tests that need it; it starts with the first of them.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private PostgresServer? _server;

    public async Task InitializeAsync() => _server = PostgresServer.Missing is null ? await PostgresServer.StartAsync() : null;

    public async Task DisposeAsync()
    {
        if (_server is { } server)
        {
            await server.DisposeAsync();
        }
    }

    internal async Task<PostgresDatabase> CreateAsync(int commandTimeoutSeconds = 60) =>
        new(await _server!.CreateDatabaseAsync()) { CommandTimeoutSeconds = commandTimeoutSeconds };
}

/// <summary>As applications use it: with a strategy that tries again, which does not take a transaction of one's own.</summary>
internal sealed class PostgresDatabase(string connectionString) : IDatabase
{
    /// <summary>How long a statement waits for another transaction.</summary>
    public required int CommandTimeoutSeconds { get; init; }

    public void Use(DbContextOptionsBuilder options) => options.UseNpgsql(connectionString, npgsql => npgsql.EnableRetryOnFailure().CommandTimeout(CommandTimeoutSeconds));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Ends every other connection to it, as a server that goes away does.</summary>
    public async Task CutAsync()
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>A test against PostgreSQL; skipped, with that reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.Missing;
}
