using Amazon.DynamoDBv2.Model;
using Waybill.StatusService.Store.Items;

namespace Waybill.StatusService.Store.Changes;

/// <summary>
/// Keeps the history of a notification that is redelivered again and again short: within an epoch its attempts and claims bound it, over
/// many this does. The entries stay as they are stored, so that what another release has put into them is kept.
/// </summary>
internal static class HistoryBound
{
    /// <summary>Entries of earlier epochs, at most: some 3 KB, so that with all of a record's texts and one epoch more it is well under 16 KB.</summary>
    public const int MostEntries = 20;

    /// <summary>Epochs that are kept from the beginning; the others that fit are the latest.</summary>
    private const int FirstEpochs = 2;

    /// <summary>
    /// Of each epoch, from the first on, what is between its first and its last attempt is left out, as long as it is too many; then whole
    /// epochs, those after the first two.
    /// </summary>
    /// <returns>Null when nothing is to be left out.</returns>
    public static IReadOnlyList<AttributeValue>? Shortened(IReadOnlyList<AttributeValue> history)
    {
        if (history.Count <= MostEntries)
        {
            return null;
        }

        var epochs = history.GroupBy(entry => entry.M.Int("e") ?? 0, (_, entries) => entries.ToList()).ToList();
        var count = history.Count;

        for (var index = 0; index < epochs.Count && count > MostEntries; index++)
        {
            var between = Math.Max(0, epochs[index].Count - 2);
            epochs[index].RemoveRange(1, between);
            count -= between;
        }

        while (count > MostEntries)
        {
            count -= epochs[FirstEpochs].Count;
            epochs.RemoveAt(FirstEpochs);
        }

        return [.. epochs.SelectMany(epoch => epoch)];
    }
}
