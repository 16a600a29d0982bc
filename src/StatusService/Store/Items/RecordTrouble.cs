using Amazon.Runtime;
using Waybill.Notifications.StatusApi;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Store.Items;

/// <summary>Makes of whatever is wrong with one item an answer about that item.</summary>
internal static class RecordTrouble
{
    private const int MaxReason = 500;

    /// <exception cref="RecordTroubleException">The item is not as this release, or any, would have written it.</exception>
    /// <param name="owner">Of an item that does not say it.</param>
    public static T Read<T>(Item item, Func<Item, T> read, string? owner = null)
    {
        try
        {
            return read(item);
        }
        catch (Exception exception)
        {
            // Whatever it is, this item is the cause: it is all that is read here.
            throw Of(item.GetValueOrDefault(StoredNames.Id)?.S ?? "", exception, owner ?? item.GetValueOrDefault(StoredNames.Owner)?.S);
        }
    }

    /// <exception cref="RecordTroubleException">DynamoDB does not take what is to become of the item.</exception>
    public static async Task<T> Of<T>(string id, Task<T> call)
    {
        try
        {
            return await call;
        }
        catch (AmazonServiceException exception) when (TableCalls.IsAboutTheItem(exception))
        {
            throw Of(id, exception, owner: null);
        }
    }

    private static RecordTroubleException Of(string id, Exception exception, string? owner) =>
        new(id, Cut.Characters(exception.Message, MaxReason), exception) { Owner = owner };
}
