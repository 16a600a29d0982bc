using System.Diagnostics;
using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Waybill.LocalAws;
using Waybill.StatusService.Store.Table;
using Waybill.TestSupport;

namespace Waybill.Simulation.Contract.ExtendDb;

/// <summary>
/// A second DynamoDB emulator, which differs from the first in what the simulator is about: its indexes lag behind (by about 10 ms,
/// as on AWS), and it checks signatures. Installed by npm when the first contract test needs it; nothing but these tests uses it.
/// </summary>
internal static class ExtendDb
{
    /// <summary>The only key that it knows: that of AWS's documentation.</summary>
    private const string AccessKey = "AKIAIOSFODNN7EXAMPLE";

    public const string SecretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Simulation", "Contract", "ExtendDb");
    private static readonly string Program = Path.Combine(Folder, "node_modules", "@extenddb", "linux-x64", "extenddb");

    /// <exception cref="LocalToolsException">It cannot be installed: it is published for linux-x64 only.</exception>
    public static async Task<LocalEmulator> StartAsync()
    {
        var install = new NpmInstall(Folder, "extenddb for the contract tests (13 MB)", Console.WriteLine);
        await install.EnsureAsync(CancellationToken.None);

        return await LocalEmulator.StartOnFreePortAsync(
            port => new LocalEmulator("extenddb", port, "/health", () => Command(port)), CancellationToken.None);
    }

    public static AmazonDynamoDBClient CreateClient(LocalEmulator emulator, string secretKey = SecretKey) =>
        new(Config(emulator, secretKey));

    /// <summary>The status service's.</summary>
    public static TableClient CreateTableClient(LocalEmulator emulator, string secretKey = SecretKey) =>
        new(Config(emulator, secretKey), TimeProvider.System);

    private static AmazonDynamoDBConfig Config(LocalEmulator emulator, string secretKey) => new()
    {
        ServiceURL = emulator.Endpoint.ToString(),
        AuthenticationRegion = LocalBackends.Region,
        DefaultAWSCredentials = new BasicAWSCredentials(AccessKey, secretKey),
    };

    /// <summary>In memory, and not as a daemon: it ends with the process that is started here.</summary>
    private static ProcessStartInfo Command(int port) => new(Program, ["serve", "--foreground"])
    {
        WorkingDirectory = Folder,
        Environment =
        {
            ["EXTENDDB__SERVER__PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["EXTENDDB__STORAGE__SQLITE__PATH"] = ":memory:",
        },
    };
}
