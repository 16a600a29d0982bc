using Microsoft.Playwright;
using Waybill.EndToEnd.Tests.Application;
using Waybill.EndToEnd.Tests.Browser.Support;
using Waybill.Notifications.Records;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Browser.Views;

/// <summary>Rules out an endpoint that is paused, disabled or failing without anybody seeing it, or that nobody gets out of that on the page.</summary>
[Collection(WaybillCollection.Name)]
public sealed class EndpointStateTests(PageFixture fixture) : IClassFixture<PageFixture>
{
    private readonly string _tenant = $"states-{Guid.NewGuid():N}";

    [BrowserFact]
    public async Task A_paused_endpoint_holds_what_comes_which_says_so_and_goes_out_when_it_is_resumed()
    {
        var endpoint = await fixture.Alice.AddEndpointAsync(_tenant, fixture.Receiver.Url + "/200", "*");
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Alice);
        await visitor.OpenAsync($"/tenants/{_tenant}/endpoints/{endpoint}", "Recent notifications");

        await visitor.Button("Pause…").ClickAsync();
        await visitor.Page.GetByLabel("It is paused").SelectOptionAsync("for 7 days");
        await visitor.Button("Pause the endpoint").ClickAsync();
        await visitor.Page.Locator(".badge", new() { HasText = "PAUSED" }).WaitForAsync();
        await visitor.Page.Locator(".state", new() { HasText = "which is in 6 d 23 h" }).WaitForAsync();
        Assert.Equal("resume", await visitor.Page.EvaluateAsync<string>("document.activeElement.dataset.action"));

        var happened = await fixture.Alice.PublishAsync(_tenant, "order.paid");
        await visitor.OpenAsync($"/events/{happened}", "order.paid");
        await visitor.Page.Locator(".waiting-reason", new() { HasText = "its endpoint is paused in 6 d 23 h The endpoint" }).WaitForAsync();
        await visitor.Page.Locator("tbody th a").ClickAsync();
        await visitor.Page.Locator(".timeline", new() { HasText = "Its endpoint is paused." }).WaitForAsync();
        await visitor.Page.Locator(".timeline a", new() { HasText = "The endpoint" }).ClickAsync();

        await visitor.Button("Resume").ClickAsync();
        await visitor.Page.Locator(".badge", new() { HasText = "ACTIVE" }).WaitForAsync();
        await visitor.Page.Locator("tbody .badge", new() { HasText = "SUCCESS" }).WaitForAsync();
        visitor.HasNoFaults();
    }

    [BrowserFact]
    public async Task What_failed_while_an_endpoint_was_disabled_is_delivered_again_once_it_is_enabled()
    {
        var endpoint = await fixture.Alice.AddEndpointAsync(_tenant, fixture.Receiver.Url + "/200", "*");
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Alice);
        await visitor.OpenAsync($"/tenants/{_tenant}/endpoints/{endpoint}", "Recent notifications");

        await visitor.Button("Disable…").ClickAsync();
        await visitor.Button("Disable the endpoint").ClickAsync();
        await visitor.Page.Locator(".state", new() { HasText = "its owner, or an operator, asked for it" }).WaitForAsync();
        var id = NotificationId.OfEvent(await fixture.Alice.PublishAsync(_tenant, "order.paid"), endpoint);
        await fixture.BecomesAsync(id, record => record.IsFinal && record.Status == NotificationStatus.Failed);

        await visitor.PressAsync(visitor.Button("Enable"));
        await visitor.PressAsync(visitor.Button("Deliver it again"));
        await visitor.Text("What failed is delivered again").WaitForAsync();
        await fixture.BecomesAsync(id, record => record.Status == NotificationStatus.Success);
        visitor.HasNoFaults();
    }

    [BrowserFact]
    public async Task The_overview_names_endpoints_that_are_not_well_each_with_its_way_back_and_nothing_where_none_is()
    {
        var paused = await fixture.Bob.AddEndpointAsync(_tenant, fixture.Receiver.Url + "/200/paused", "*");
        var failing = await fixture.Bob.AddEndpointAsync(_tenant, fixture.Receiver.Url + "/404/failing", "*");
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Bob);
        await visitor.OpenAsync($"/tenants/{_tenant}/endpoints/{paused}", "Recent notifications");
        await visitor.Button("Pause…").ClickAsync();
        await visitor.Button("Pause the endpoint").ClickAsync();
        await visitor.Button("Resume").WaitForAsync();
        var id = NotificationId.OfEvent(await fixture.Bob.PublishAsync(_tenant, "order.paid"), failing);
        await fixture.BecomesAsync(id, record => record.IsFinal);

        await visitor.OpenAsync("/", "Endpoints that are not well");
        var rows = visitor.Page.Locator("[aria-labelledby=unwell-title] tbody tr");
        await rows.Filter(new() { HasText = "/404/failing" }).Locator($"a[href='/notifications/{id}']", new() { HasText = "404" }).WaitForAsync();
        await rows.Filter(new() { HasText = "/404/failing" }).Locator(".badge", new() { HasText = "ACTIVE, failing" }).WaitForAsync();
        await rows.Filter(new() { HasText = "/200/paused" }).GetByRole(AriaRole.Button).ClickAsync();
        await Eventually.HoldsAsync(async () => await rows.Filter(new() { HasText = "/200/paused" }).CountAsync() == 0);

        await rows.Filter(new() { HasText = "/404/failing" }).GetByRole(AriaRole.Link, new() { Name = "Look at it" }).ClickAsync();
        await visitor.Text("No attempt has succeeded since").WaitForAsync();
        visitor.HasNoFaults();
    }

    [BrowserFact]
    public async Task A_countdown_ticks_and_once_it_is_over_the_view_says_so_and_looks_again()
    {
        var id = await fixture.Alice.PostAsync(fixture.Receiver.Url + "/503", 600);
        await fixture.BecomesAsync(id, record => record.NextAttemptAt is not null);
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Alice);
        await visitor.Page.Clock.InstallAsync();
        await visitor.OpenAsync($"/notifications/{id}", "Timeline");
        var countdown = visitor.Page.Locator(".timeline .countdown");
        var before = await countdown.InnerTextAsync();

        await visitor.Page.Clock.FastForwardAsync(61_000);
        await Eventually.HoldsAsync(async () => await countdown.InnerTextAsync() != before);

        await visitor.Page.RunAndWaitForResponseAsync(() => visitor.Page.Clock.FastForwardAsync(600_000), response => response.Url.EndsWith(id, StringComparison.Ordinal));
        await visitor.Page.Locator(".timeline .countdown", new() { HasText = "any moment now" }).WaitForAsync();
    }
}
