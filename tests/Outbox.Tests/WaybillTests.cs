using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Waybill.Client.EntityFrameworkCore;
using Waybill.Outbox.Tests.Support;
using Waybill.TestSupport;
using Waybill.TestSupport.Systems;

namespace Waybill.Outbox.Tests;

/// <summary>Rules out that Waybill itself takes rows otherwise than the servers of the other tests do: all of it runs.</summary>
[Trait(Ladder.Name, Ladder.Full)]
public sealed class WaybillTests : IAsyncLifetime
{
    private WaybillSystem _waybill = null!;

    public async Task InitializeAsync() => _waybill = await WaybillSystem.StartAsync(workers: 1);

    public async Task DisposeAsync() => await _waybill.DisposeAsync();

    [Fact]
    public async Task A_row_that_is_handed_over_twice_is_one_call_and_what_is_not_allowed_stays_with_its_problem()
    {
        await using var database = new SqliteFile();
        await database.CreateTablesAsync();
        Guid sent;
        Guid refused;
        OutboxRow row;

        await using (var db = database.Open())
        {
            sent = db.Notify(_waybill.Receiver.Urls[0].AbsoluteUri, new { order = 1 });
            refused = db.Notify("ftp://receiver.example", new { order = 2 });
            db.Publish("order.created", "customer-1", new { order = 3 });
            await db.SaveChangesAsync();
            row = await db.Outbox.AsNoTracking().SingleAsync(one => one.Id == sent);
        }

        await using (await Shop.StartAsync(database, _waybill.Intake.Url, apiKey: TestKeys.Alice))
        {
            await Eventually.HoldsAsync(async () => await database.WaitingAsync() is [{ RefusedAt: not null }]);
        }

        // As if the process had died before it deleted the row.
        await using (var db = database.Open())
        {
            db.Add(row);
            db.Notify(_waybill.Receiver.Urls[0].AbsoluteUri, new { order = 4 });
            await db.SaveChangesAsync();
        }

        await using (await Shop.StartAsync(database, _waybill.Intake.Url, apiKey: TestKeys.Alice))
        {
            await Eventually.HoldsAsync(async () => (await database.WaitingAsync()).Count == 1);
        }

        await Eventually.HoldsAsync(() => _waybill.Receiver.All.Any(call => call.Body == """{"order":4}"""));
        var left = Assert.Single(await database.WaitingAsync());
        Assert.Equal(refused, left.Id);
        Assert.Contains("url", JsonNode.Parse(left.Problem!)!["errors"]!.AsObject().Select(error => error.Key));
        Assert.Equal(["""{"order":1}""", """{"order":4}"""], _waybill.Receiver.All.Select(call => call.Body).Order());
    }
}
