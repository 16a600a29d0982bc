namespace Waybill.Notifications.Storage;

/// <summary>The one table: the definition that local set-up and deployment share, and the names that the store writes.</summary>
public static class TableDefinition
{
    public const string DefaultName = "notifications";

    /// <summary>The id of a notification or of a bulk redelivery.</summary>
    public const string PartitionKey = "pk";

    /// <summary><see cref="StateItem"/> or <see cref="RequestItem"/> of a notification, <see cref="JobItem"/> of a bulk redelivery.</summary>
    public const string SortKey = "sk";

    public const string StateItem = "state";
    public const string RequestItem = "request";
    public const string JobItem = "job";

    /// <summary>Of an event that several endpoints are to get: it is due until all their notifications are stored.</summary>
    public const string FanOutItem = "fan-out";

    /// <summary>The sort key, and the beginning of the partition key, of the items that pace what owners are told of failures.</summary>
    public const string Digest = "digest";

    /// <summary>Begins the partition key of an owner's endpoints of one tenant, which lie together.</summary>
    public const string Endpoints = "endpoints";

    /// <summary>Begins the sort key, below an endpoint's id, of the tickets for calls to it in one second.</summary>
    public const string Tickets = "tickets";

    /// <summary>The partition key of the items that say which tenants have endpoints.</summary>
    public const string Tenants = "tenants";

    /// <summary>Both keys of the one item with the newest report about the queue; in neither index.</summary>
    public const string QueueKey = "queue";
    public const string QueueItem = "report";

    /// <summary>Begins the partition key of the items that say which partitions of an index there are.</summary>
    public const string Partitions = "partitions";

    /// <summary>With the key <see cref="Partitions"/>, the item that says in which hours a release before 0.2 has stored records.</summary>
    public const string OlderHoursItem = "older";

    /// <summary>Milliseconds since 1970: hours from and to which it was looked for them. A new table has it from its creation, as it has none.</summary>
    public const string OlderHoursFrom = "from";
    public const string OlderHoursTo = "to";

    /// <summary>Begins the partition key of the items with counts.</summary>
    public const string Counters = "counters";

    /// <summary>Seconds since 1970; DynamoDB removes the item some time after.</summary>
    public const string TimeToLiveAttribute = "expiresAt";

    /// <summary>Non-final records, and jobs that run, by due time. Sparse: final records have neither key.</summary>
    public static readonly IndexDefinition Due = new("due", "dueShard", "dueAt");

    /// <summary>Records by owner and time of creation; also bulk redeliveries, in a partition of their own.</summary>
    public static readonly IndexDefinition Recent = new("recent", "createdShard", "createdAt");

    /// <summary>What has failed for good, by owner and time of failing. Sparse. Its sort key is text that begins with the time.</summary>
    public static readonly IndexDefinition Failed = new("failed", "failedShard", "failedAt");

    /// <summary>Records with a correlation id, by owner and that, and by time of creation. Sparse.</summary>
    public static readonly IndexDefinition Correlation = new("correlation", "correlation", Recent.SortKey);

    /// <summary>Notifications of events, by endpoint and time of creation. Sparse.</summary>
    public static readonly IndexDefinition Endpoint = new("endpoint", "endpoint", Recent.SortKey);

    public static IReadOnlyList<IndexDefinition> Indexes { get; } = [Due, Recent, Failed, Correlation, Endpoint];

    /// <summary>What the indexes hold besides their own keys: the table's keys alone.</summary>
    public const string Projection = "KEYS_ONLY";

    /// <summary>Paid by use, without a capacity to plan.</summary>
    public const string BillingMode = "PAY_PER_REQUEST";

    /// <summary>The type of every key attribute, as DynamoDB names it: S for text, N for numbers.</summary>
    public static IReadOnlyDictionary<string, string> KeyTypes { get; } = new Dictionary<string, string>
    {
        [PartitionKey] = "S",
        [SortKey] = "S",
        [Due.PartitionKey] = "S",
        [Due.SortKey] = "N",
        [Recent.PartitionKey] = "S",
        [Recent.SortKey] = "N",
        [Failed.PartitionKey] = "S",
        [Failed.SortKey] = "S",
        [Correlation.PartitionKey] = "S",
        [Endpoint.PartitionKey] = "S",
    };
}
