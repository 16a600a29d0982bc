using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Waybill.Notifications.Storage;

/// <summary>Spreads the index partitions, so that no partition takes all writes of a moment.</summary>
public static class Shards
{
    /// <summary>
    /// Shards of each index. One DynamoDB partition takes 1,000 writes a second and a notification writes the due index
    /// twice, so eight carry about 4,000 notifications a second.
    /// </summary>
    public const int Count = 8;

    /// <summary>
    /// The one shard of both indexes that holds bulk redeliveries. It is none of <see cref="All"/>, so that whoever looks for
    /// notifications never meets a job; jobs are few.
    /// </summary>
    public const string Jobs = "jobs";

    /// <summary>
    /// The shards of the due index with final notifications that their owners are still to be told of. They are none of <see cref="All"/>: what is open is counted there,
    /// and no storm of failures is to hold up what is to be delivered.
    /// </summary>
    public static IReadOnlyList<string> Outboxes { get; } = ["outbox-0", "outbox-1"];

    /// <summary>The shards of the due index with endpoints that are paused, disabled or failing, by owner: all that are not well, and nothing else.</summary>
    public static IReadOnlyList<string> Watches { get; } = ["watch-0", "watch-1", "watch-2", "watch-3"];

    public static string Outbox(string notificationId) => Outboxes[Of(notificationId, Outboxes.Count)];

    public static string Watch(string owner) => Watches[Of(owner, Watches.Count)];

    public static IReadOnlyList<string> All { get; } = [.. Enumerable.Range(0, Count).Select(Name)];

    public static string Due(string notificationId) => Name(Of(notificationId));

    /// <summary>The UTC hour and the shard, such as <c>2026112019-3</c>.</summary>
    public static string Created(DateTimeOffset createdAt, string notificationId) =>
        CreatedShard(createdAt, Name(Of(notificationId)));

    /// <summary>All shards of the UTC hour that a time lies in.</summary>
    public static IReadOnlyList<string> CreatedIn(DateTimeOffset hour) => [.. All.Select(shard => CreatedShard(hour, shard))];

    private static string CreatedShard(DateTimeOffset hour, string shard) =>
        string.Create(CultureInfo.InvariantCulture, $"{hour.UtcDateTime:yyyyMMddHH}-{shard}");

    private static string Name(int shard) => shard.ToString(CultureInfo.InvariantCulture);

    /// <param name="count">How many shards there would be; other numbers than <see cref="Count"/> are for planning (docs/scale.md).</param>
    public static int Of(string notificationId, int count = Count)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(notificationId), hash);

        // Four bytes of it, as one alone would leave shards beyond the 256th empty, and make others that do not divide 256 uneven.
        return (int)(BinaryPrimitives.ReadUInt32LittleEndian(hash) % (uint)count);
    }
}
