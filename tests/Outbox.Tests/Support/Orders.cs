using Microsoft.EntityFrameworkCore;
using Waybill.Client.EntityFrameworkCore;

namespace Waybill.Outbox.Tests.Support;

internal static class Orders
{
    public const string Url = "http://receiver.example/hook";

    /// <summary>Adds orders, every other one with an event and the others with a notification.</summary>
    /// <returns>The ids of the rows.</returns>
    public static IReadOnlyList<Guid> Add(ShopDb db, int count)
    {
        var ids = new List<Guid>(count);

        for (var number = 0; number < count; number++)
        {
            var id = number % 2 == 0 ? db.Publish("order.created", "customer-1", new { number }) : db.Notify(Url, new { number });
            db.Orders.Add(new Order { Row = id });
            ids.Add(id);
        }

        return ids;
    }

    public static async Task<IReadOnlyList<OutboxRow>> WaitingAsync(this IDatabase database)
    {
        await using var db = database.Open();
        return await db.Outbox.AsNoTracking().ToListAsync();
    }
}
