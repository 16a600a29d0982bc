using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;

namespace Waybill.StatusService.Counters;

/// <summary>
/// How counts are stored: an item for each piece of time, owner and process, with all that the process has counted in it so far. Written again,
/// it says the same; so no count is taken twice, however often a write is repeated.
/// </summary>
internal static class CounterItem
{
    /// <summary>Stored by name: an item must stay small, as it is written every few seconds.</summary>
    private const int MostHosts = 50;

    /// <param name="owner">Null for all.</param>
    public static string Partition(string? owner) => owner is null ? TableDefinition.Counters : $"{TableDefinition.Counters} {owner}";

    public static Item Key(string? owner, CounterPeriod period, DateTimeOffset start, string process) => new()
    {
        [StoredNames.Id] = StoredValue.Of(Partition(owner)),
        [StoredNames.Kind] = StoredValue.Of($"{period.Text(start)} {process}"),
    };

    /// <param name="number">One more with each write of the same item.</param>
    public static Item Write(Item key, Tally tally, long number, DateTimeOffset expiresAt)
    {
        var item = new Item(key)
        {
            [StoredNames.Counter.Number] = StoredValue.Of(number),
            [StoredNames.Counter.Accepted] = StoredValue.Of(tally.Accepted),
            [StoredNames.Counter.Succeeded] = StoredValue.Of(tally.Succeeded),
            [StoredNames.Counter.Attempts] = StoredValue.Of(tally.Attempts),
            [StoredNames.Counter.Redelivered] = StoredValue.Of(tally.Redelivered),
            [StoredNames.ExpiresAt] = StoredValue.OfSeconds(expiresAt),
        };

        item.AddIf(StoredNames.Counter.Failed, Map(tally.Failed, StoredValue.Of));
        item.AddIf(StoredNames.Counter.Hosts, Map(tally.LargestHosts(MostHosts).ToDictionary(host => Named(host.Key), host => host.Value), Counts));
        item.AddIf(StoredNames.Counter.Latency, tally.Latency.Count == 0 ? null : StoredValue.Of(tally.Latency.Text()));
        return item;
    }

    public static Tally Read(Item item)
    {
        var tally = new Tally();

        tally.Set(
            item.Long(StoredNames.Counter.Accepted) ?? 0,
            item.Long(StoredNames.Counter.Succeeded) ?? 0,
            item.Long(StoredNames.Counter.Attempts) ?? 0,
            item.Long(StoredNames.Counter.Redelivered) ?? 0);

        var failed = item.Map(StoredNames.Counter.Failed) ?? [];

        foreach (var category in failed.Keys)
        {
            tally.Count(category, failed.Long(category) ?? 0);
        }

        foreach (var (host, value) in item.Map(StoredNames.Counter.Hosts) ?? [])
        {
            tally.Host(host == NoName ? "" : host).Add(Counts(value.S ?? ""));
        }

        tally.Latency.Add(LatencyHistogram.Of(item.Text(StoredNames.Counter.Latency) ?? ""));
        return tally;
    }

    /// <summary>DynamoDB takes no empty name in a map; no host has this one.</summary>
    private const string NoName = " ";

    private static string Named(string host) => host.Length == 0 ? NoName : host;

    private static AttributeValue? Map<T>(IReadOnlyDictionary<string, T> values, Func<T, AttributeValue> write) =>
        values.Count == 0 ? null : StoredValue.Of(values.ToDictionary(pair => pair.Key, pair => write(pair.Value)));

    private static AttributeValue Counts(HostCounts counts) =>
        StoredValue.Of(string.Create(CultureInfo.InvariantCulture, $"{counts.Accepted} {counts.Succeeded} {counts.Failed}"));

    private static HostCounts Counts(string text) => text.Split(' ') is [var accepted, var succeeded, var failed]
        ? new HostCounts { Accepted = Number(accepted), Succeeded = Number(succeeded), Failed = Number(failed) }
        : throw new FormatException($"'{text}' are no counts of a host.");

    private static long Number(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
