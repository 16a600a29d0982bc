using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Json;
using Waybill.Notifications.Records;
using Waybill.StatusService.Tests.Support;

namespace Waybill.StatusService.Tests.Callbacks;

/// <summary>Rules out that an owner is told twice, or not what happened, of an endpoint; and that endpoints for callbacks lead to more of them.</summary>
[Collection(StatusCollection.Name)]
public sealed class EndpointNewsTests(StatusFixture fixture) : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private CallbackTable _table = null!;

    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(_table.Time.GetUtcNow().ToUnixTimeMilliseconds());

    public async Task InitializeAsync() => _table = await CallbackTable.CreateAsync(fixture);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Of_one_that_fails_since_when_and_until_when_and_how_it_began_is_told()
    {
        await _table.SubscribeAsync("waybill.*");
        var trouble = new EndpointTrouble("ntf_1", DeliveryCategory.ServerError, Now.AddDays(-3), 503);
        var endpoint = await _table.CreateEndpointAsync("tenant", "*") with { Trouble = trouble };

        await TellAsync(endpoint, new OwedNews(OwedKinds.Failing, Now, Now.AddDays(-3)));

        var data = Assert.Single(await _table.ToldAsync(CallbackTypes.EndpointFailing)).Read(NotificationsJson.Default.CallbackEndpointFailing).Data;
        Assert.Equal((endpoint.Id, "tenant", endpoint.Url, "Orders"), (data.Endpoint.Id, data.Endpoint.Tenant, data.Endpoint.Url, data.Endpoint.Description));
        Assert.Equal((Now.AddDays(-3), Now.AddDays(2), trouble), (data.FailingSince, data.DisabledAfter, data.Trouble));
    }

    [Fact]
    public async Task Of_one_that_is_disabled_why_and_since_when_is_told_and_of_one_that_is_back_when()
    {
        await _table.SubscribeAsync("waybill.*");
        var endpoint = await _table.CreateEndpointAsync("tenant", "*");

        await TellAsync(endpoint, new OwedNews(OwedKinds.Disabled, Now, Now.AddDays(-5), DisableReasons.Gone));
        await TellAsync(endpoint, new OwedNews(OwedKinds.Recovered, Now.AddHours(1), Now.AddDays(-5)));

        var disabled = Assert.Single(await _table.ToldAsync(CallbackTypes.EndpointDisabled)).Read(NotificationsJson.Default.CallbackEndpointDisabled).Data;
        Assert.Equal((DisableReasons.Gone, Now, Now.AddDays(-5)), (disabled.Reason, disabled.Since, disabled.FailingSince));
        var recovered = Assert.Single(await _table.ToldAsync(CallbackTypes.EndpointRecovered)).Read(NotificationsJson.Default.CallbackEndpointRecovered).Data;
        Assert.Equal((Now.AddHours(1), Now.AddDays(-5)), (recovered.At, recovered.FailingSince));
    }

    [Fact]
    public async Task Told_again_it_is_the_same_event()
    {
        await _table.SubscribeAsync("waybill.*");
        var endpoint = await _table.CreateEndpointAsync("tenant", "*");
        var news = new OwedNews(OwedKinds.Disabled, Now, Reason: DisableReasons.Failing);

        await TellAsync(endpoint, news);
        _table.Time.Advance(TimeSpan.FromSeconds(7));
        await TellAsync(endpoint with { Version = 9 }, news);
        await TellAsync(endpoint, news with { At = news.At.AddDays(1) });

        Assert.Equal(2, (await _table.ToldAsync(CallbackTypes.EndpointDisabled)).Count);
    }

    [Fact]
    public async Task Nothing_is_told_of_endpoints_for_callbacks_nor_of_what_nobody_takes_nor_of_what_is_no_news()
    {
        var callbacks = await _table.SubscribeAsync("waybill.notification.*", CallbackTypes.EndpointDisabled);
        var endpoint = await _table.CreateEndpointAsync("tenant", "*");

        await TellAsync(callbacks, new OwedNews(OwedKinds.Disabled, Now));
        await TellAsync(endpoint, new OwedNews(OwedKinds.Failing, Now));
        await TellAsync(endpoint, new OwedNews(OwedKinds.ReleaseHeld, Now));
        await TellAsync(endpoint, new OwedNews("OF_ANOTHER_RELEASE", Now));

        foreach (var type in CallbackTypes.All)
        {
            Assert.Empty(await _table.ToldAsync(type));
        }
    }

    private Task TellAsync(EndpointRecord endpoint, OwedNews news) => _table.Parts.EndpointNews.TellAsync(endpoint, news, None);
}
