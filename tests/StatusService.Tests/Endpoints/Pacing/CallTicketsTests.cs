using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Endpoints.Pacing;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Tests.Support;

namespace Waybill.StatusService.Tests.Endpoints.Pacing;

/// <summary>Rules out that a number is given to two workers, that it stays in the table, and that a claim says something of a rate where there is none.</summary>
[Collection(StatusCollection.Name)]
public sealed class CallTicketsTests(StatusFixture fixture)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TestTenant _tenant = new(fixture);
    private readonly string _endpoint = EndpointId.New(DateTimeOffset.UtcNow);

    private static long NextSecond => DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 1;

    [Fact]
    public async Task Each_number_is_given_once_whoever_asks()
    {
        var second = NextSecond;
        var answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(async count => (Count: count, First: (await TakeAsync(second, count))!.First)));

        var numbers = answers.SelectMany(answer => Enumerable.Range(answer.First, answer.Count)).Order();
        Assert.Equal(Enumerable.Range(0, 20 * 21 / 2), numbers);
        Assert.Equal(0, (await TakeAsync(second + 1, 5))!.First);
    }

    [Fact]
    public async Task The_item_goes_by_itself()
    {
        var second = NextSecond;
        await TakeAsync(second, 5);

        var item = await _tenant.ReadAsync(new Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>
        {
            [StoredNames.Id] = StoredValue.Of(_endpoint),
            [StoredNames.Kind] = StoredValue.Of($"{TableDefinition.Tickets} {second}"),
        });

        Assert.InRange(item!.RequiredInt(StoredNames.ExpiresAt), second + 3_000, second + 4_000);
        Assert.Equal(4, item!.Count);
    }

    [Theory]
    [InlineData(-60, 1)]
    [InlineData(60, 1)]
    [InlineData(0, 0)]
    [InlineData(0, CallTickets.Most + 1)]
    public async Task What_no_worker_asks_for_writes_nothing(int secondsFromNow, int count) =>
        Assert.Null(await TakeAsync(NextSecond + secondsFromNow, count));

    [Fact]
    public async Task A_claim_says_the_rate_of_an_endpoint_that_has_one()
    {
        var (endpoint, _) = await _tenant.CreateAsync("*");
        Assert.Null((await ClaimAsync("first")).Pace);

        await _tenant.ChangeAsync(endpoint, change => change with { MaxPerSecond = 50 });
        var one = (await ClaimAsync("paced-1")).Pace!;
        var other = (await ClaimAsync("paced-2")).Pace!;
        Assert.Equal((50, 50), (one.MaxPerSecond, other.MaxPerSecond));
        Assert.True(other.Workers >= 2 && other.Rank < other.Workers);
        Assert.InRange(DateTimeOffset.UtcNow - other.Now, TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(5));

        await _tenant.ChangeAsync(endpoint, change => change with { NoMaxPerSecond = true });
        Assert.Null((await ClaimAsync("paced-1")).Pace);
    }

    private Task<TicketsResponse?> TakeAsync(long second, int count) => fixture.Status.Client.TakeTicketsAsync(_endpoint, new TicketsRequest(second, count), None);

    private async Task<ClaimResponse> ClaimAsync(string worker)
    {
        var record = Assert.Single(await _tenant.PostAsync());
        return (await fixture.Status.Client.ClaimAsync(record.Id, new ClaimRequest(worker, Target: EventTarget.Of(record)), None)).Claim!;
    }
}
