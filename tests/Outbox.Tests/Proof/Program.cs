using System.Globalization;
using Waybill.Outbox.Tests.Support;
using Waybill.TestSupport.Databases;

namespace Waybill.Outbox.Tests.Proof;

/// <summary>The proof and the measurements, as commands; docs/outbox.md says how they are given.</summary>
internal static class Program
{
    public const string Victim = "victim";

    private const string Usage = """
        prove sqlite|postgres KILLS [SEED]   kills that many processes that commit and relay, and checks what came of it
        measure sqlite|postgres ROWS         how fast a backlog is handed over, and how long a row takes from its commit
        """;

    public static async Task<int> Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["prove", var kind, var kills, .. var rest]:
                return await WithDatabaseAsync(kind, (database, named) => ProveAsync(database, named, Number(kills), rest is [var seed] ? Number(seed) : 1));

            case ["measure", var kind, var rows]:
                return await WithDatabaseAsync(kind, (database, _) => Measurements.RunAsync(database, Number(rows)));

            case [Victim, var kind, var connectionString, var intake, var generation, var step, var moment, var times]:
                var database = Of(Enum.Parse<DatabaseKind>(kind), connectionString);
                await Proof.Victim.RunAsync(database, new Uri(intake), generation, CrashPoint.Parse(step, moment, times));
                return 0;

            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }

    private static async Task<int> ProveAsync(IDatabase database, DatabaseKind kind, int kills, int seed)
    {
        var verdict = await Prover.RunAsync(kind, database, kills, seed, Console.WriteLine);
        Console.WriteLine(verdict);
        return verdict.Broken.Count == 0 ? 0 : 1;
    }

    private static async Task<int> WithDatabaseAsync(string name, Func<IDatabase, DatabaseKind, Task<int>> runAsync)
    {
        var kind = Enum.Parse<DatabaseKind>(name, ignoreCase: true);

        if (kind == DatabaseKind.Postgres && PostgresServer.Missing is { } missing)
        {
            Console.Error.WriteLine(missing);
            return 2;
        }

        var databases = new Databases();

        try
        {
            await using var database = await databases.CreateAsync(kind);
            return await runAsync(database, kind);
        }
        finally
        {
            await databases.DisposeAsync();
        }
    }

    private static IDatabase Of(DatabaseKind kind, string connectionString) => kind == DatabaseKind.Sqlite ? new SqliteOfAnother(connectionString) : new PostgresDatabase(connectionString);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
