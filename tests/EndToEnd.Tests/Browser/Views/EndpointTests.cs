using Microsoft.Playwright;
using Waybill.EndToEnd.Tests.Application;
using Waybill.EndToEnd.Tests.Browser.Support;
using Waybill.Notifications.Records;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Browser.Views;

/// <summary>Rules out an endpoint that cannot be looked after on the page, a secret that stays in sight, and another owner's tenants among one's own.</summary>
[Collection(WaybillCollection.Name)]
public sealed class EndpointTests(PageFixture fixture) : IClassFixture<PageFixture>
{
    private readonly string _tenant = $"views-{Guid.NewGuid():N}";

    [BrowserFact]
    public async Task A_tenants_first_endpoint_is_added_tested_repaired_and_deleted()
    {
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Alice);
        visitor.Expected = "404";

        await visitor.OpenAsync("/tenants", "Tenants");
        await visitor.Page.GetByLabel("Open a tenant").Last.FillAsync(_tenant);
        await visitor.Button("Open").ClickAsync();
        await visitor.Text("This tenant has no endpoint").WaitForAsync();

        await visitor.Page.GetByLabel("URL").FillAsync(fixture.Receiver.Url + "/410");
        await visitor.Page.GetByLabel("Events").FillAsync("order.*, user.created");
        await visitor.Button("Add the endpoint").ClickAsync();
        await visitor.HeadingAsync(fixture.Receiver.Url + "/410");
        await visitor.Text("order.*, user.created").WaitForAsync();

        await visitor.Page.Locator("summary", new() { HasText = "Change the settings" }).ClickAsync();
        await visitor.Page.GetByLabel("URL").FillAsync(fixture.Receiver.Url + "/200");
        await visitor.Button("Save").ClickAsync();
        await visitor.HeadingAsync(fixture.Receiver.Url + "/200");
        await visitor.Page.Locator("#announcements", new() { HasText = "The settings are saved." }).WaitForAsync();

        await visitor.Page.GetByLabel("Type", new() { Exact = true }).FillAsync("order.tested");
        await visitor.Button("Send a test event").ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Follow it" }).ClickAsync();
        await visitor.HeadingAsync("order.tested");
        await visitor.Page.Locator(".badge.good", new() { HasText = "SUCCESS" }).WaitForAsync();

        await visitor.Page.Locator("td a[href*='/endpoints/']").ClickAsync();
        await visitor.HeadingAsync("Recent notifications");
        await visitor.Button("Delete…").ClickAsync();
        await visitor.Button("Delete the endpoint").ClickAsync();
        await visitor.Text("This tenant has no endpoint").WaitForAsync();
        visitor.HasNoFaults();
    }

    [BrowserFact]
    public async Task What_the_service_refuses_is_said_in_words_and_what_was_typed_stays()
    {
        await fixture.Alice.AddEndpointAsync(_tenant, fixture.Receiver.Url + "/200", "*");
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Alice);
        visitor.Expected = "400";
        await visitor.OpenAsync($"/tenants/{_tenant}", _tenant);

        await visitor.Page.Locator("summary", new() { HasText = "Add an endpoint" }).ClickAsync();
        await visitor.Page.GetByLabel("URL").FillAsync("http://169.254.169.254/");
        await visitor.Page.GetByLabel("Events").FillAsync("order..paid");
        await visitor.Button("Add the endpoint").ClickAsync();

        await visitor.Page.Locator("form .problem", new() { HasText = "types[0] must be" }).WaitForAsync();
        await visitor.Page.Locator("form .problem", new() { HasText = "url must be one that is delivered to" }).WaitForAsync();
        Assert.Equal("order..paid", await visitor.Page.GetByLabel("Events").InputValueAsync());
        visitor.HasNoFaults();
    }

    [BrowserFact]
    public async Task The_secret_is_in_sight_on_demand_alone_and_changes_with_a_rotation()
    {
        var id = await fixture.Alice.AddEndpointAsync(_tenant, fixture.Receiver.Url + "/200", "*");
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Alice);
        await visitor.OpenAsync($"/tenants/{_tenant}/endpoints/{id}", "Signing secret");
        Assert.DoesNotContain("whsec_", await visitor.Page.ContentAsync(), StringComparison.Ordinal);

        var first = await SecretAsync(visitor);
        await visitor.Button("Hide it").ClickAsync();
        Assert.DoesNotContain("whsec_", await visitor.Page.ContentAsync(), StringComparison.Ordinal);

        await visitor.Button("Rotate…").ClickAsync();
        await visitor.Page.GetByLabel("The old secret stays valid").SelectOptionAsync("168");
        await visitor.Button("Rotate the secret").ClickAsync();
        await visitor.Text("Old secret valid until").WaitForAsync();
        Assert.NotEqual(first, await SecretAsync(visitor));

        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Overview" }).ClickAsync();
        await visitor.HeadingAsync("Overview");
        Assert.DoesNotContain("whsec_", await visitor.Page.ContentAsync(), StringComparison.Ordinal);
        visitor.HasNoFaults();
    }

    [BrowserFact]
    public async Task The_secret_is_hidden_again_after_a_minute()
    {
        var id = await fixture.Alice.AddEndpointAsync(_tenant, fixture.Receiver.Url + "/200", "*");
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Alice);
        await visitor.Page.Clock.InstallAsync();
        await visitor.OpenAsync($"/tenants/{_tenant}/endpoints/{id}", "Signing secret");
        await SecretAsync(visitor);

        await visitor.Page.Clock.FastForwardAsync(61_000);

        await visitor.Button("Show the secret").WaitForAsync();
        Assert.Equal(0, await visitor.Page.Locator(".secret").CountAsync());
        Assert.Equal("show-secret", await visitor.Page.EvaluateAsync<string>("document.activeElement.dataset.action"));
    }

    [BrowserFact]
    public async Task An_event_has_each_of_its_notifications_and_they_lead_back_to_it()
    {
        var good = await fixture.Alice.AddEndpointAsync(_tenant, fixture.Receiver.Url + "/200", "order.*");
        var bad = await fixture.Alice.AddEndpointAsync(_tenant, fixture.Receiver.Url + "/404", "*");
        var happened = await fixture.Alice.PublishAsync(_tenant, "order.paid");
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Operator);

        await visitor.OpenAsync($"/events/{happened}", "order.paid");
        await visitor.Page.Locator("tr", new() { HasText = good }).Locator(".badge", new() { HasText = "SUCCESS" }).WaitForAsync();
        await visitor.Page.Locator("tr", new() { HasText = bad }).Locator(".badge", new() { HasText = "FAILED" }).WaitForAsync();

        await visitor.Page.Locator("tr", new() { HasText = bad }).Locator("th a").ClickAsync();
        await visitor.HeadingAsync("Timeline");
        var hrefs = await visitor.Page.Locator(".facts a").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))");
        Assert.Equal([$"/events/{happened}", $"/tenants/{_tenant}?owner=alice", $"/tenants/{_tenant}/endpoints/{bad}?owner=alice"], hrefs.Take(3));
        visitor.HasNoFaults();
    }

    [BrowserFact]
    public async Task A_repaired_URL_is_called_and_the_history_says_which_was_called_before()
    {
        var endpoint = await fixture.Alice.AddEndpointAsync(_tenant, fixture.Receiver.Url + "/404", "*");
        var id = NotificationId.OfEvent(await fixture.Alice.PublishAsync(_tenant, "order.paid"), endpoint);
        await fixture.BecomesAsync(id, record => record.IsFinal);
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Alice);

        await visitor.OpenAsync($"/tenants/{_tenant}/endpoints/{endpoint}", "Recent notifications");
        await visitor.Page.Locator("summary", new() { HasText = "Change the settings" }).ClickAsync();
        await visitor.Page.GetByLabel("URL").FillAsync(fixture.Receiver.Url + "/200");
        await visitor.Button("Save").ClickAsync();
        await visitor.HeadingAsync(fixture.Receiver.Url + "/200");
        Assert.Equal("SUMMARY", await visitor.Page.EvaluateAsync<string>("document.activeElement.tagName"));

        await visitor.Page.Locator($"tbody a[href='/notifications/{id}']").ClickAsync();
        await visitor.Button("Deliver again…").ClickAsync();
        await visitor.Button("Deliver again").ClickAsync();
        await visitor.Text("The receiver took it.").WaitForAsync();
        await visitor.Page.Locator(".timeline", new() { HasText = $"Called {fixture.Receiver.Url}/404" }).WaitForAsync();
        visitor.HasNoFaults();
    }

    [BrowserFact]
    public async Task An_operator_finds_tenants_by_owner_and_a_client_its_own_alone()
    {
        var id = await fixture.Alice.AddEndpointAsync(_tenant, fixture.Receiver.Url + "/200", "*");
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Operator);
        await visitor.OpenAsync("/tenants", "Tenants");
        await visitor.Page.GetByLabel("Tenants of the owner").FillAsync("alice");
        await visitor.Button("Show").ClickAsync();

        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = _tenant, Exact = true }).ClickAsync();
        await visitor.Page.Locator("tbody a").ClickAsync();
        await visitor.HeadingAsync("Recent notifications");
        Assert.Equal($"/tenants/{_tenant}/endpoints/{id}?owner=alice", new Uri(visitor.Page.Url).PathAndQuery);
        visitor.HasNoFaults();

        await using var bob = await fixture.VisitAsAsync(TestKeys.Bob);
        bob.Expected = "404";
        await bob.OpenAsync($"/tenants/{_tenant}/endpoints/{id}", "Not found");
        await bob.OpenAsync("/tenants", "Tenants");
        await bob.Page.Locator("#announcements", new() { HasText = "tenant" }).WaitForAsync();
        Assert.Equal(0, await bob.Page.GetByText(_tenant).CountAsync());
        bob.HasNoFaults();
    }

    [BrowserFact]
    public async Task A_list_is_narrowed_to_a_tenant_an_endpoint_and_a_type()
    {
        var id = await fixture.Alice.AddEndpointAsync(_tenant, fixture.Receiver.Url + "/200", "*");
        await fixture.Alice.PublishAsync(_tenant, "order.paid");
        await fixture.Alice.PublishAsync(_tenant, "order.sent");
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Alice);
        await visitor.OpenAsync("/notifications", "Notifications");

        await visitor.Page.Locator("summary", new() { HasText = "By correlation id" }).ClickAsync();
        await visitor.Page.GetByLabel("Tenant", new() { Exact = true }).FillAsync(_tenant);
        await visitor.Page.GetByLabel("Endpoint", new() { Exact = true }).FillAsync(id);
        await visitor.Button("Search").ClickAsync();
        await visitor.Text("2 notifications of the last day.").WaitForAsync();

        await visitor.Page.GetByLabel("Event type").FillAsync("order.paid");
        await visitor.Button("Search").ClickAsync();
        await visitor.Text("1 notification of the last day.").WaitForAsync();
        visitor.HasNoFaults();
    }

    private static async Task<string> SecretAsync(Visitor visitor)
    {
        await visitor.Button("Show the secret").ClickAsync();
        var secret = await visitor.Page.Locator(".secret").InnerTextAsync();

        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        return secret;
    }
}
