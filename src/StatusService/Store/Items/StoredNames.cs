using Waybill.Notifications.Storage;

namespace Waybill.StatusService.Store.Items;

/// <summary>
/// The stored names, the only place that knows them. Short, because DynamoDB charges for them with every write:
/// a state item of more than 1 KB costs a second write unit each time.
/// </summary>
internal static class StoredNames
{
    public const string Id = TableDefinition.PartitionKey;
    public const string Kind = TableDefinition.SortKey;

    public const string Owner = "own";
    public const string Status = "status";
    public const string PreviousStatus = "prev";
    public const string Version = "ver";
    public const string Epoch = "ep";
    public const string RedeliveryJob = "rdj";
    public const string CorrelationId = "cid";
    public const string Url = "url";
    public const string Method = "mth";
    public const string TimeoutSeconds = "tmo";
    public const string RetrySchedule = "sch";

    /// <summary>That its owner is to be told when it is delivered.</summary>
    public const string Notify = "ntf";
    public const string Attempts = "att";
    public const string MaxAttempts = "max";
    public const string Claims = "clm";

    /// <summary>Dispatches since the last claim; may be -1 after a first send that failed.</summary>
    public const string Dispatches = "dsp";

    /// <summary>The reason of waiting that was given with the last release or roll back.</summary>
    public const string Waiting = "wr";
    public const string QueuedAt = "qat";
    public const string LastDeliveryAttempt = "lat";
    public const string LastUpdatedAt = "upd";
    public const string DeliveredAt = "dat";
    public const string RedeliveredAt = "rda";
    public const string NextAttemptAt = "nxt";
    public const string DeliverAt = "dlv";
    public const string LeaseToken = "lt";
    public const string LeaseOwner = "lo";
    public const string LeaseStartedAt = "ls";
    public const string LeaseUntil = "lu";
    public const string LastSendError = "err";
    public const string DeliveryResult = "res";
    public const string History = "his";

    /// <summary>The number of the last attempt in the history, which its length does not tell once it was shortened.</summary>
    public const string LastAttempt = "lan";
    public const string Fingerprint = "fp";
    public const string Traceparent = "tp";

    /// <summary>Of a notification of an event, besides <see cref="Endpoint"/>.</summary>
    public const string EventId = "evt";
    public const string EventType = "typ";
    public const string Tenant = "tnt";

    /// <summary>
    /// The status before the last update, where its row does not tell it: so a write whose answer was lost still tells where it came from.
    /// </summary>
    public const string StatusBefore = "fs";

    /// <summary>Random, new with every write: tells a write of our own whose answer was lost from somebody else's.</summary>
    public const string WriteToken = "wt";

    public static readonly string CreatedShard = TableDefinition.Recent.PartitionKey;
    public static readonly string CreatedAt = TableDefinition.Recent.SortKey;
    public static readonly string DueShard = TableDefinition.Due.PartitionKey;
    public static readonly string DueAt = TableDefinition.Due.SortKey;
    public static readonly string FailedShard = TableDefinition.Failed.PartitionKey;
    public static readonly string FailedAt = TableDefinition.Failed.SortKey;
    public static readonly string Correlation = TableDefinition.Correlation.PartitionKey;
    public static readonly string Endpoint = TableDefinition.Endpoint.PartitionKey;
    public const string ExpiresAt = TableDefinition.TimeToLiveAttribute;

    public static class Request
    {
        public const string Method = "mth";
        public const string Url = "url";
        public const string Headers = "hdr";
        public const string ContentType = "ct";
        public const string Body = "bdy";

        /// <summary>The body, compressed with Brotli; instead of <see cref="Body"/> where that is smaller.</summary>
        public const string CompressedBody = "br";

        public const string TimeoutSeconds = "tmo";
        public const string Fingerprint = "fp";
    }

    /// <summary>Of a bulk redelivery, besides those that it has in common with a notification.</summary>
    public static class Job
    {
        public const string From = "from";
        public const string To = "to";
        public const string Host = "host";
        public const string Category = "cat";
        public const string FilterOwner = "fow";
        public const string FilterTenant = "ftn";
        public const string FilterEndpoint = "fep";
        public const string Held = "hld";
        public const string RatePerSecond = "rate";
        public const string Position = "fps";

        /// <summary>As a release before 0.2 knows it.</summary>
        public const string OlderPosition = "pos";
        public const string Seen = "seen";
        public const string Matched = "mat";
        public const string Redelivered = "red";
        public const string Skipped = "skp";
        public const string Unreadable = "unr";
        public const string FinishedAt = "fin";

        /// <summary>Of the page that was given out last.</summary>
        public const string PageAt = "pga";
        public const string PageNext = "pgn";
        public const string PageIds = "pgi";
        public const string PageSeen = "pgs";
        public const string PageUnreadable = "pgu";
    }

    /// <summary>Of an event, besides those that it has in common with a notification and its request.</summary>
    public static class Event
    {
        /// <summary>The ids of the endpoints that it matched.</summary>
        public const string Plan = "pln";

        public const string CreatedAt = "crt";

        /// <summary>That it is a test of one endpoint, which is called whatever its state.</summary>
        public const string Test = "tst";
    }

    /// <summary>Of an endpoint, besides those that it has in common with a notification and its request.</summary>
    public static class EndpointItem
    {
        public const string Description = "dsc";
        public const string Types = "tps";
        public const string Secrets = "scr";
        public const string CreatedAt = "crt";
        public const string MaxPerSecond = "mps";
        public const string PausedUntil = "pu";
        public const string DisabledReason = "dr";
        public const string StatusSince = "ss";
        public const string FailingSince = "fls";
        public const string LastSuccessAt = "lsa";

        /// <summary>The attempt with which its trouble began.</summary>
        public const string Trouble = "trb";
        public const string WarnedAt = "wrn";
        public const string Probe = "prb";
        public const string Owed = "owd";
    }

    /// <summary>Of the tickets of an endpoint and second.</summary>
    public static class Tickets
    {
        /// <summary>How many are taken.</summary>
        public const string Taken = "n";
    }

    /// <summary>Of what paces the callbacks about failures.</summary>
    public static class Digest
    {
        /// <summary>Of the last callback.</summary>
        public const string Number = "n";
        public const string At = "at";

        /// <summary>The ids of the notifications that it stands for, and the epoch of each; while it is not all done.</summary>
        public const string Ids = "ids";
        public const string Epochs = "eps";
    }

    public static class Older
    {
        public const string From = TableDefinition.OlderHoursFrom;
        public const string To = TableDefinition.OlderHoursTo;
        public const string Hours = "hrs";

        /// <summary>Of the write.</summary>
        public const string Number = "n";
    }

    public static class Counter
    {
        /// <summary>Of the write.</summary>
        public const string Number = "n";
        public const string Accepted = "acc";
        public const string Succeeded = "suc";
        public const string Attempts = "att";
        public const string Redelivered = "red";
        public const string Failed = "fai";
        public const string Hosts = "hos";
        public const string Latency = "lat";
    }

    public static class Queue
    {
        public const string Waiting = "wtg";
        public const string InFlight = "ifl";
        public const string DeadLetters = "dl";
        public const string ReadAt = "at";
    }
}
