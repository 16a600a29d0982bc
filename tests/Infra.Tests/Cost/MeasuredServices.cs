using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Waybill.LocalAws;
using Waybill.Notifications.Storage;
using Waybill.TestSupport;

namespace Waybill.Infra.Tests.Cost;

/// <summary>What intake, worker and status service are given whose units are counted, and what the table says of a notification, asked of it itself, as a query would count.</summary>
internal static class MeasuredServices
{
    /// <summary>Accept, Queue, Claim, Succeed.</summary>
    public const int VersionAtOnce = 4;

    /// <summary>Release or Fail, Redispatch, Claim.</summary>
    public const int VersionsOfAReturn = 3;

    /// <summary>As stored.</summary>
    private const string VersionAttribute = "ver";

    public static Dictionary<string, string> Environment(LocalBackends backends, CapacityRelay table)
    {
        var port = LoopbackPort.Pick();
        var environment = new Dictionary<string, string>(backends.EnvironmentVariables)
        {
            ["AWS_ENDPOINT_URL_DYNAMODB"] = table.Url.ToString(),
            ["InternalApi__Host"] = "127.0.0.1",
            ["InternalApi__Port"] = port.ToString(CultureInfo.InvariantCulture),
            ["StatusService__InternalUrl"] = $"http://127.0.0.1:{port}",
            ["StatusService__InternalKey"] = TestKeys.Internal,
            ["Egress__AllowedCidrs__0"] = "127.0.0.0/8",
            ["Dispatcher__IdlePollSeconds"] = "0.2",
            ["Dispatcher__BusyPollSeconds"] = "0.2",
        };

        foreach (var (name, value) in TestKeys.Configuration)
        {
            environment[name] = value;
        }

        return environment;
    }

    public static async Task<bool> IsFinalAsync(LocalBackends backends, string id) =>
        (await StateAsync(backends, id)).ContainsKey(TableDefinition.TimeToLiveAttribute);

    /// <returns>How many writes have changed it, but for those that Waybill notes by itself.</returns>
    public static async Task<int> VersionAsync(LocalBackends backends, string id) =>
        int.Parse((await StateAsync(backends, id))[VersionAttribute].N, CultureInfo.InvariantCulture);

    public static async Task<Dictionary<string, AttributeValue>> StateAsync(LocalBackends backends, string id)
    {
        var key = new Dictionary<string, AttributeValue>
        {
            [TableDefinition.PartitionKey] = new(id),
            [TableDefinition.SortKey] = new(TableDefinition.StateItem),
        };

        var answer = await backends.DynamoDbClient.GetItemAsync(TableDefinition.DefaultName, key, consistentRead: true);
        return answer.Item;
    }
}
