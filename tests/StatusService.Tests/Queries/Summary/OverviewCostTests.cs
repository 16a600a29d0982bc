using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Time.Testing;
using Waybill.LocalAws;
using Waybill.Notifications.Records;
using Waybill.StatusService.Counters;
using Waybill.StatusService.Queries.Summary;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Store.Recent;
using Waybill.StatusService.Store.Table;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;
using Xunit.Abstractions;

namespace Waybill.StatusService.Tests.Queries.Summary;

/// <summary>
/// Rules out that a page which stays open costs more than docs/cost.md says: what three processes have counted at 100 notifications a second, to more hosts than are
/// counted apart, with 100 open and 100 failed, is read as the page reads it.
/// </summary>
[Collection(StatusCollection.Name)]
[Trait(Ladder.Name, Ladder.Full)]
public sealed class OverviewCostTests(StatusFixture fixture, ITestOutputHelper output)
{
    private const int PerSecond = 100;
    private const int Processes = 3;
    private const int Hosts = 60;
    private const int Open = 100;
    private const int Failed = 100;

    /// <summary>How often the page asks, in seconds.</summary>
    private const int EverySeconds = 3;

    /// <summary>Of a day's overview.</summary>
    private const double MostUnitsOfDay = 200;

    /// <summary>For a page that is open for a month of 730 hours, at the price of docs/cost.md for a million read units.</summary>
    private const double MostDollars = 5;
    private const double DollarsForMillion = 0.125;
    private const double SecondsOfMonth = 730 * 3600;

    private readonly string _table = "t" + Guid.NewGuid().ToString("N");

    [Fact]
    public async Task A_page_that_stays_open_costs_what_the_document_says()
    {
        await new Provisioner(fixture.Backends.DynamoDbClient, fixture.Backends.SqsClient).ProvisionAsync(_table);
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var parts = new StoreParts(fixture.Table, time, tableName: _table);
        await StoreAsync(parts, time.GetUtcNow());

        var day = await UnitsAsync(parts, time, TimeSpan.FromDays(1));
        Assert.InRange(day, 1, MostUnitsOfDay);

        foreach (var window in new[] { TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(1), TimeSpan.FromDays(7), TimeSpan.FromDays(90) })
        {
            var dollars = await DollarsAsync(parts, time, window);
            output.WriteLine($"{window.TotalHours} h: {dollars:0.00} $ a month");
            Assert.InRange(dollars, 0.01, MostDollars);
        }
    }

    /// <summary>Of one summary.</summary>
    private static async Task<double> UnitsAsync(StoreParts parts, FakeTimeProvider time, TimeSpan window)
    {
        var meter = Consumption.Measure();
        await NewMaker(parts, time).MakeAsync(time.GetUtcNow() - window, time.GetUtcNow(), owner: null, CancellationToken.None);
        return meter.Units;
    }

    private static async Task<double> DollarsAsync(StoreParts parts, FakeTimeProvider time, TimeSpan window)
    {
        var maker = NewMaker(parts, time);
        using var cache = new SummaryCache(maker, Microsoft.Extensions.Options.Options.Create(new SummaryOptions()), time);
        var begun = time.GetUtcNow();
        var units = 0.0;
        DateTimeOffset? madeAt = null;

        // As many answers as it takes to see how often one is made anew.
        for (var answers = 0; answers < 40; answers++)
        {
            var now = time.GetUtcNow();
            var summary = await cache.GetAsync(new SummaryQuery(now - window, now, "the same", null), owner: null, CancellationToken.None);

            if (summary.MadeAt != madeAt)
            {
                madeAt = summary.MadeAt;
                units += await UnitsAsync(parts, time, window);
            }

            time.Advance(TimeSpan.FromSeconds(EverySeconds));
        }

        return units / (time.GetUtcNow() - begun).TotalSeconds * SecondsOfMonth * DollarsForMillion / 1_000_000;
    }

    private static SummaryMaker NewMaker(StoreParts parts, TimeProvider time) => new(
        new WindowCounts(parts.CounterReader, time),
        new FailureCounts(parts.Failed, parts.Store),
        new OpenNow(new OpenRecords(parts.Store), parts.Store, time),
        time);

    private async Task StoreAsync(StoreParts parts, DateTimeOffset now)
    {
        var items = new List<Item>();

        foreach (var period in CounterPeriod.All)
        {
            var length = period == CounterPeriod.Minute ? TimeSpan.FromHours(7) : period.Kept;

            for (var start = period.StartOf(now - length); start <= now; start += period.Length)
            {
                items.AddRange(Enumerable.Range(0, Processes).Select(process => Counted(period, start, process)));
            }
        }

        // The minutes at the other end of a day.
        for (var start = now.AddHours(-25); start < now.AddHours(-23); start += CounterPeriod.Minute.Length)
        {
            items.AddRange(Enumerable.Range(0, Processes).Select(process => Counted(CounterPeriod.Minute, CounterPeriod.Minute.StartOf(start), process)));
        }

        for (var number = 0; number < Open + Failed; number++)
        {
            items.Add(Record(number, now, failed: number >= Open));
        }

        foreach (var item in items.Where(item => item.ContainsKey(StoredNames.CreatedShard)))
        {
            await IndexKeys.NoteAsync(parts.Directory, item);
        }

        foreach (var together in items.DistinctBy(item => (item[StoredNames.Id].S, item[StoredNames.Kind].S)).Chunk(25))
        {
            List<WriteRequest> writes = [.. together.Select(item => new WriteRequest(new PutRequest(item)))];
            await fixture.Backends.DynamoDbClient.BatchWriteItemAsync(new BatchWriteItemRequest { RequestItems = new() { [_table] = writes } });
        }
    }

    private static Item Counted(CounterPeriod period, DateTimeOffset start, int process)
    {
        var tally = new Tally();
        var count = (int)(PerSecond * CounterPeriod.Minute.Length.TotalSeconds / Processes);

        for (var number = 0; number < count; number++)
        {
            tally.Accept($"receiver-{number % Hosts}.example.com");
            tally.Succeed($"receiver-{number % Hosts}.example.com", 5 * Math.Pow(1.004, number));
        }

        tally.Attempt(count);
        return CounterItem.Write(CounterItem.Key(null, period, start, $"process-{process:D4}"), tally, 1, start + period.Kept);
    }

    private static Item Record(int number, DateTimeOffset now, bool failed)
    {
        var createdAt = now.AddSeconds(-number);
        var item = StateItem.New(Submissions.New(url: $"https://receiver-{number % Hosts}.example.com/hooks/orders"), createdAt, now.AddHours(1));

        if (failed)
        {
            item[StoredNames.Status] = StoredValue.Of(NotificationStatus.Failed.Text());
            item[StoredNames.DeliveryResult] = StoredValue.Of(ResultMap.Write(Results.ServerError()));
            item.Remove(StoredNames.DueShard);
            item.Remove(StoredNames.DueAt);
        }

        IndexKeys.AddTo(item);
        return item;
    }
}
