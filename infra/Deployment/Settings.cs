using Constructs;
using Waybill.Notifications.Storage;

namespace Waybill.Infra.Deployment;

/// <summary>What one deployment is told: account, place, size and what runs. Each property names its context value in docs/deploy.md.</summary>
internal sealed record Settings
{
    /// <summary>Of release 0.1.</summary>
    private const int FewestIndexes = 2;

    /// <summary>As many as the services take at most.</summary>
    private const int MaxSealingKeys = 5;

    /// <summary>The AWS account: 123456789012.</summary>
    public required string Account { get; init; }

    /// <summary>us-east-1.</summary>
    public required string Region { get; init; }

    /// <summary>Availability zones by name, as nothing is looked up: the first two of the region. Two at least, as the load balancer asks for.</summary>
    public required IReadOnlyList<string> Zones { get; init; }

    /// <summary>One for each zone; 1 saves money, and then a zone's failure may end all deliveries.</summary>
    public required int NatGateways { get; init; }

    /// <summary>arm64, or x64.</summary>
    public required string Architecture { get; init; }

    /// <summary>
    /// The table's: all. Fewer on the way from a release that had fewer alone, as CloudFormation adds one at a time to a table that there is
    /// (docs/deploy.md).
    /// </summary>
    public required IReadOnlyList<IndexDefinition> Indexes { get; init; }

    /// <summary>Null as long as no digests are given.</summary>
    public required Images? Images { get; init; }

    public required FrontDoor FrontDoor { get; init; }

    /// <summary>How many API keys the secret waybill/api-keys holds: 1. 0 to 50.</summary>
    public required int ApiKeys { get; init; }

    /// <summary>How many signing secrets each owner has in the secret waybill/signing: none.</summary>
    public required IReadOnlyDictionary<string, int> SigningOwners { get; init; }

    /// <summary>How many keys the secret waybill/sealing holds: 1. 0 to 5; without any there are no endpoints.</summary>
    public required int SealingKeys { get; init; }

    /// <summary>Who gets alarms by mail; null: alarms are seen in CloudWatch alone.</summary>
    public required string? AlarmEmail { get; init; }

    /// <exception cref="SettingException">Something is wrong.</exception>
    public static Settings Read(Node node)
    {
        var context = new Context(node);
        var region = context.Text("region", "us-east-1");
        var zones = context.List("zones", $"{region}a,{region}b");

        if (zones.Count < 2)
        {
            throw new SettingException("The context value zones must name two or more availability zones.");
        }

        return new Settings
        {
            Account = context.Text("account", "123456789012"),
            Region = region,
            Zones = zones,
            NatGateways = context.Number("natGateways", zones.Count, 1, zones.Count),
            Architecture = context.OneOf("architecture", "arm64", "x64"),
            Indexes = [.. TableDefinition.Indexes.Take(context.Number("tableIndexes", TableDefinition.Indexes.Count, FewestIndexes, TableDefinition.Indexes.Count))],
            Images = Images.Read(context),
            FrontDoor = FrontDoor.Read(context),
            ApiKeys = context.Number("apiKeys", 1, 0, 50),
            SigningOwners = SigningOwner.Read(context),
            SealingKeys = context.Number("sealingKeys", 1, 0, MaxSealingKeys),
            AlarmEmail = context.Text("alarmEmail"),
        };
    }
}
