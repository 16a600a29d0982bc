using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Waybill.EndToEnd.Tests.Application;
using Waybill.EndToEnd.Tests.Browser.Support;
using Waybill.EndToEnd.Tests.Command;
using Waybill.EndToEnd.Tests.Tour;
using Waybill.LocalAws;
using Waybill.Notifications.Endpoints;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Browser.Tour;

/// <summary>
/// The walk of docs/endpoints.md on the page, where its pictures come from: two endpoints of a tenant, one of them broken; an order that one gets and
/// verifies; the other is repaired, and gets what waited for it. Broken once more, it is disabled, its owner is told, and what failed is delivered when it is enabled.
/// </summary>
[Collection(RunningCommandCollection.Name)]
[Trait(Ladder.Name, Ladder.Full)]
public sealed partial class EndpointTourTests(RunningCommand running, BrowserFixture browser)
{
    private const string Schedule = "[5,5,10,10,20,20,20,20,20,20]";

    private readonly string _shop = $"http://localhost:{LoopbackPort.Pick()}/orders";
    private readonly string _callbacks = $"http://localhost:{LoopbackPort.Pick()}/callbacks";
    private readonly string _typo = $"http://localhost:{LoopbackPort.Pick()}/typo";

    [BrowserFact]
    public async Task A_newcomer_adds_two_endpoints_follows_an_order_and_watches_it_delivered_where_the_broken_one_is_repaired()
    {
        var page = new Uri($"http://localhost:{running.Settings.Status}/");
        await using var visitor = await Visitor.ArriveAsync(browser.Browser, page, new() { ViewportSize = new() { Width = 1200, Height = 860 } });
        await visitor.SignInAsync(WaybillClient.LocalKey);

        // What the tenant is asked for that has no endpoint yet.
        visitor.Expected = "404";
        await BeginTenantByKeyboardAsync(visitor);
        var start = Secret().Replace(PrintedTour.Endpoints.With("receiver.mjs"), await SecretAsync(visitor));
        await using var receiver = await OwnReceiver.StartAsync(start, new Uri(_shop).Port);
        await TestAsync(visitor, receiver);
        await RotateAsync(visitor);
        await TestAsync(visitor, receiver);
        await AddBrokenAsync(visitor);

        var poster = new Poster(new Uri($"http://localhost:{running.Settings.Intake}"), WaybillClient.LocalKey);
        var order = await poster.PublishAsync("acme", "order.paid");
        await receiver.PrintsAsync($$"""verified {{order}}: {"order":4711}""");
        await FindAsync(visitor, order);
        await RepairByKeyboardAsync(visitor);
        await WatchItDeliveredAsync(visitor);

        await using var callbacks = await BeginCallbacksAsync(visitor);
        await BreakAgainAsync(visitor);
        await poster.PublishAsync("acme", "order.paid");
        await poster.PublishAsync("acme", "order.paid");
        await callbacks.PrintsAsync(CallbackTypes.EndpointFailing);
        await callbacks.PrintsAsync(CallbackTypes.EndpointDisabled);
        var shipped = await poster.PublishAsync("acme", "order.shipped");
        await LookAtTheOverviewAsync(visitor);
        await EnableAsync(visitor);
        await WatchAllDeliveredAsync(visitor, shipped);
        await callbacks.PrintsAsync(CallbackTypes.EndpointRecovered);

        visitor.HasNoFaults();
    }

    /// <summary>One more tenant, with a receiver and an endpoint of its own.</summary>
    private async Task<OwnReceiver> BeginCallbacksAsync(Visitor visitor)
    {
        await visitor.OpenAsync($"/tenants/{Tenants.Reserved}", $"Tenant {Tenants.Reserved}");
        await visitor.Page.GetByLabel("URL").FillAsync(_callbacks);
        await visitor.Page.GetByLabel("Events").FillAsync("waybill.*");
        await visitor.Button("Add the endpoint").ClickAsync();
        await visitor.HeadingAsync(_callbacks);

        return await OwnReceiver.StartAsync(Secret().Replace(PrintedTour.Endpoints.With("receiver.mjs"), await SecretAsync(visitor)), new Uri(_callbacks).Port);
    }

    private async Task BreakAgainAsync(Visitor visitor)
    {
        await OpenEndpointAsync(visitor, $"http://localhost:{running.Settings.Receiver}/ok");
        await ChangeUrlAsync(visitor, _typo);
    }

    /// <summary>There it stands, with what was tried.</summary>
    private async Task LookAtTheOverviewAsync(Visitor visitor)
    {
        await visitor.OpenAsync("/", "Endpoints that are not well");
        var row = Row(visitor, _typo);
        await row.Locator(".badge", new() { HasText = "DISABLED" }).WaitForAsync();
        await row.GetByText("no attempt has succeeded for too long").WaitForAsync();
        await row.Locator("a[href*='/notifications/']", new() { HasText = "connection_refused" }).WaitForAsync();
        await Screenshots.TakeAsync(visitor.Page, "page-unwell");
    }

    /// <summary>Repaired first; then what failed meanwhile is asked for again.</summary>
    private async Task EnableAsync(Visitor visitor)
    {
        await Row(visitor, _typo).Locator("a[href*='/endpoints/']").ClickAsync();
        await visitor.HeadingAsync(_typo);
        await ChangeUrlAsync(visitor, $"http://localhost:{running.Settings.Receiver}/ok");
        await visitor.Button("Enable").ClickAsync();
        await visitor.Button("Deliver it again").ClickAsync();
        await visitor.Text("What failed is delivered again").WaitForAsync();
    }

    private static async Task WatchAllDeliveredAsync(Visitor visitor, string shipped)
    {
        await visitor.OpenAsync($"/events/{shipped}", "order.shipped");
        await visitor.Page.Locator("tbody .badge", new() { HasText = "SUCCESS" }).Nth(1).WaitForAsync();
    }

    private static async Task OpenEndpointAsync(Visitor visitor, string url)
    {
        await visitor.OpenAsync("/tenants/acme", "Tenant acme");
        await Row(visitor, url).Locator("a[href*='/endpoints/']").ClickAsync();
        await visitor.HeadingAsync(url);
    }

    private static async Task ChangeUrlAsync(Visitor visitor, string url)
    {
        await visitor.Page.Locator("summary", new() { HasText = "Change the settings" }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Textbox, new() { Name = "URL", Exact = true }).FillAsync(url);
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.HeadingAsync(url);
    }

    /// <summary>It begins with its first endpoint.</summary>
    private async Task BeginTenantByKeyboardAsync(Visitor visitor)
    {
        await visitor.PressAsync(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Tenants", Exact = true }));
        await visitor.HeadingAsync("Tenants");
        await TypeAsync(visitor, "Open a tenant", "acme");
        await visitor.PressAsync(visitor.Button("Open"));
        await visitor.Text("This tenant has no endpoint").WaitForAsync();

        await TypeAsync(visitor, "URL", _shop);
        await TypeAsync(visitor, "Events", "order.*");
        await TypeAsync(visitor, "Description", "The shop of Acme");
        await visitor.PressAsync(visitor.Button("Add the endpoint"));
        await visitor.HeadingAsync(_shop);
    }

    /// <summary>Shown as it is asked for, and hidden again.</summary>
    private static async Task<string> SecretAsync(Visitor visitor)
    {
        await visitor.Button("Show the secret").ClickAsync();
        var secret = await visitor.Page.Locator(".secret").InnerTextAsync();
        await visitor.Button("Hide it").ClickAsync();
        await visitor.Button("Show the secret").WaitForAsync();

        return secret;
    }

    /// <summary>An event for it alone, which is followed until it is delivered, and verified with the secret that the receiver was started with.</summary>
    private static async Task TestAsync(Visitor visitor, OwnReceiver receiver)
    {
        await visitor.Button("Send a test event").ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Follow it" }).ClickAsync();
        await visitor.HeadingAsync("waybill.test");
        await visitor.Page.Locator("tbody .badge", new() { HasText = "SUCCESS" }).WaitForAsync();

        await receiver.PrintsAsync($"verified {new Uri(visitor.Page.Url).Segments[^1]}: ");
        await visitor.Page.Locator("td a[href*='/endpoints/']").ClickAsync();
        await visitor.HeadingAsync("Signing secret");
    }

    /// <summary>The old secret stays valid for a day.</summary>
    private static async Task RotateAsync(Visitor visitor)
    {
        var before = await SecretAsync(visitor);
        await visitor.Button("Rotate…").ClickAsync();
        await visitor.Button("Rotate the secret").ClickAsync();
        await visitor.Text("Old secret valid until").WaitForAsync();

        Assert.NotEqual(before, await SecretAsync(visitor));
    }

    private async Task AddBrokenAsync(Visitor visitor)
    {
        await visitor.Page.Locator(".crumbs").GetByRole(AriaRole.Link, new() { Name = "acme" }).ClickAsync();
        await visitor.HeadingAsync("Tenant acme");
        await visitor.Page.Locator("summary", new() { HasText = "Add an endpoint" }).ClickAsync();
        await visitor.Page.GetByLabel("URL").FillAsync(_typo);
        await visitor.Page.GetByLabel("Events").FillAsync("*");
        await visitor.Page.Locator("summary", new() { HasText = "Headers, time, retries and pace" }).ClickAsync();
        await visitor.Page.GetByLabel("Retry schedule").FillAsync(Schedule);
        await visitor.Button("Add the endpoint").ClickAsync();
        await visitor.HeadingAsync(_typo);

        await visitor.Page.Locator(".crumbs").GetByRole(AriaRole.Link, new() { Name = "acme" }).ClickAsync();
        await visitor.Text("2 endpoints.").WaitForAsync();
        await Screenshots.TakeAsync(visitor.Page, "page-tenant");
    }

    /// <summary>One of its notifications is delivered, the other waits.</summary>
    private async Task FindAsync(Visitor visitor, string order)
    {
        await visitor.Page.GetByLabel("Id of a notification, event or endpoint, or correlation id").FillAsync(order);
        await visitor.Button("Find").ClickAsync();
        await visitor.HeadingAsync("order.paid");
        await Row(visitor, _shop).Locator(".badge", new() { HasText = "SUCCESS" }).WaitForAsync();
        await Row(visitor, _typo).Locator(".badge", new() { HasText = "FAILED, retry to come" }).WaitForAsync();
        await Screenshots.TakeAsync(visitor.Page, "page-event");
    }

    private async Task RepairByKeyboardAsync(Visitor visitor)
    {
        await visitor.PressAsync(Row(visitor, _typo).Locator("a[href*='/endpoints/']"));
        await visitor.HeadingAsync(_typo);
        await visitor.Page.Locator("tbody .badge", new() { HasText = "FAILED, retry to come" }).WaitForAsync();
        await Screenshots.TakeAsync(visitor.Page, "page-endpoint", whole: true);

        await visitor.PressAsync(visitor.Page.Locator("summary", new() { HasText = "Change the settings" }));
        await TypeAsync(visitor, "URL", $"http://localhost:{running.Settings.Receiver}/ok");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Locator("#announcements", new() { HasText = "The settings are saved." }).WaitForAsync();
    }

    /// <summary>With nothing else done about it; its history says which URLs were called.</summary>
    private async Task WatchItDeliveredAsync(Visitor visitor)
    {
        await visitor.Page.GoBackAsync();
        var repaired = Row(visitor, $"http://localhost:{running.Settings.Receiver}/ok");
        await repaired.Locator(".badge", new() { HasText = "SUCCESS" }).WaitForAsync();

        await repaired.Locator("th a").ClickAsync();
        await visitor.Text("The receiver took it.").WaitForAsync();
        await visitor.Page.Locator(".timeline", new() { HasText = $"Called {_typo}" }).WaitForAsync();
    }

    private static ILocator Row(Visitor visitor, string url) => visitor.Page.Locator("tbody tr", new() { HasText = url });

    /// <summary>Tab into the field; what is in it is selected then, and gone with the first letter.</summary>
    private static async Task TypeAsync(Visitor visitor, string label, string text)
    {
        await visitor.TabToAsync(visitor.Page.GetByRole(AriaRole.Textbox, new() { Name = label, Exact = true }));
        await visitor.Page.Keyboard.TypeAsync(text);
    }

    /// <summary>Where the document takes it out of the answer that it has kept.</summary>
    [GeneratedRegex(@"\$\(.*\)")]
    private static partial Regex Secret();
}
