using System.Diagnostics;
using Waybill.Client.EntityFrameworkCore;
using Waybill.Outbox.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.Outbox.Tests;

/// <summary>Rules out that a trace ends at the table.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class TracingTests(Databases databases) : IntakeTests
{
    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task The_call_is_in_the_trace_of_who_has_added_the_row_also_where_nobody_listens(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var shop = await Shop.StartAsync(database, Intake.Url);
        using var request = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();

        await shop.UseAsync(db =>
        {
            db.Notify(Orders.Url, 1);
            using var part = new Activity("part").Start();
            db.Notify(Orders.Url, 2);
            return db.SaveChangesAsync();
        });
        await Eventually.HoldsAsync(() => Intake.All.Count == 2);

        Assert.Contains(request.TraceId.ToHexString(), Assert.Single(Intake.Batches).TraceParent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_with_rows_of_several_traces_is_linked_to_each_of_them()
    {
        var spans = new System.Collections.Concurrent.ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == OutboxTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        var traces = new List<ActivityTraceId>();

        await using (var db = database.Open())
        {
            for (var number = 0; number < 2; number++)
            {
                using var request = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
                db.Notify(Orders.Url, number);
                traces.Add(request.TraceId);
            }

            await db.SaveChangesAsync();
        }

        await using var shop = await Shop.StartAsync(database, Intake.Url);
        await Eventually.HoldsAsync(() => traces.TrueForAll(trace => spans.Any(span => span.TraceId == trace)));

        await Eventually.HoldsAsync(() => spans.Any(span => span.Links.Any(link => link.Context.TraceId == traces[0]) && span.Links.Any(link => link.Context.TraceId == traces[1])));
        var call = spans.Single(span => span.Links.Any(link => link.Context.TraceId == traces[0]));
        var own = spans.Where(span => traces.Contains(span.TraceId)).ToList();
        Assert.Contains(call.TraceId.ToHexString(), Assert.Single(Intake.Batches).TraceParent, StringComparison.Ordinal);
        Assert.All(own, span => Assert.Equal(call.SpanId, Assert.Single(span.Links).Context.SpanId));
        Assert.Equal(Intake.All.Select(taken => $"ntf_{taken.Key:N}").Order(), own.Select(span => (string)span.GetTagItem("waybill.notification.id")!).Order());
    }
}
