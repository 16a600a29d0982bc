using Microsoft.Playwright;
using Waybill.EndToEnd.Tests.Application;
using Waybill.EndToEnd.Tests.Browser.Support;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Browser.Views;

/// <summary>Rules out what people cannot use who see little, use no mouse, prefer the dark or hold a phone.</summary>
[Collection(WaybillCollection.Name)]
public sealed class AppearanceTests(PageFixture fixture) : IClassFixture<PageFixture>
{
    private static readonly ViewportSize Phone = new() { Width = 360, Height = 740 };

    [BrowserFact]
    [Trait(Ladder.Name, Ladder.Full)]
    public Task Every_view_is_accessible_in_the_light() => LookAsync(ColorScheme.Light, size: null, visitor => visitor.IsAccessibleAsync());

    [BrowserFact]
    [Trait(Ladder.Name, Ladder.Full)]
    public Task Every_view_is_accessible_in_the_dark() => LookAsync(ColorScheme.Dark, size: null, visitor => visitor.IsAccessibleAsync());

    [BrowserFact]
    [Trait(Ladder.Name, Ladder.Full)]
    public Task Every_view_fits_a_phone_and_is_accessible_there() => LookAsync(ColorScheme.Light, Phone, async visitor =>
    {
        await visitor.FitsAsync();
        await visitor.IsAccessibleAsync();
    });

    [BrowserFact]
    public async Task On_a_phone_all_places_of_an_operator_stand_on_one_line()
    {
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Operator, new() { ViewportSize = Phone });
        var tops = await visitor.Page.Locator("#header nav a").EvaluateAllAsync<double[]>("links => links.map(link => link.getBoundingClientRect().top)");

        Assert.Equal(4, tops.Length);
        Assert.Single(tops.Distinct());
    }

    [BrowserFact]
    public async Task Dark_is_dark()
    {
        await using var visitor = await fixture.VisitAsync(new() { ColorScheme = ColorScheme.Dark });
        Assert.Equal("rgb(18, 21, 27)", await visitor.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
    }

    private async Task LookAsync(ColorScheme scheme, ViewportSize? size, Func<Visitor, Task> check)
    {
        var id = await fixture.Alice.PostAsync(fixture.Receiver.Url + "/503/404", 1);
        await fixture.BecomesAsync(id, record => record.IsFinal);
        await using var visitor = await fixture.VisitAsync(new() { ColorScheme = scheme, ViewportSize = size });
        await check(visitor);
        await visitor.SignInAsync(TestKeys.Operator);

        await visitor.HeadingAsync("Hosts in trouble");
        await visitor.Page.Locator("summary", new() { HasText = "As a table" }).First.ClickAsync();
        await check(visitor);

        await visitor.OpenAsync("/notifications", "Notifications");
        await visitor.Page.Locator("tbody tr").First.WaitForAsync();
        await check(visitor);

        await visitor.OpenAsync("/notifications?correlationId=nobody's", "Notifications");
        await visitor.Page.Locator(".notice").WaitForAsync();
        await check(visitor);

        await visitor.OpenAsync($"/notifications/{id}", "Last result");
        await visitor.Page.Locator("summary", new() { HasText = "Request" }).ClickAsync();
        await visitor.HeadingAsync("Body");
        await check(visitor);

        await visitor.Button("Deliver again…").ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await check(visitor);
        await visitor.Button("Back").ClickAsync();

        await visitor.OpenAsync("/redeliveries", "Redeliveries");
        await check(visitor);

        await LookAtTenantAsync(visitor, check);
        visitor.HasNoFaults();
    }

    private async Task LookAtTenantAsync(Visitor visitor, Func<Visitor, Task> check)
    {
        var tenant = $"looks-{Guid.NewGuid():N}";
        var id = await fixture.Alice.AddEndpointAsync(tenant, $"{fixture.Receiver.Url}/404/{new string('x', 120)}", "order.*", "user.created");
        var happened = await fixture.Alice.PublishAsync(tenant, "order.paid");

        await visitor.OpenAsync("/tenants", "Tenants");
        await visitor.Page.Locator("tbody tr").First.WaitForAsync();
        await check(visitor);

        await visitor.OpenAsync($"/tenants/{tenant}?owner=alice", $"Tenant {tenant}");
        await visitor.Page.Locator("tbody tr").First.WaitForAsync();
        await OpenFormAsync(visitor, "Add an endpoint");
        await check(visitor);

        await visitor.OpenAsync($"/tenants/{tenant}/endpoints/{id}?owner=alice", "Recent notifications");
        await visitor.Page.Locator("tbody tr").First.WaitForAsync();
        await OpenFormAsync(visitor, "Change the settings");
        await visitor.Button("Show the secret").ClickAsync();
        await visitor.Page.Locator(".secret").WaitForAsync();
        await check(visitor);

        await visitor.Button("Pause…").ClickAsync();
        await visitor.Page.GetByLabel("It is paused").SelectOptionAsync("until a time");
        await check(visitor);
        await visitor.Page.GetByLabel("It is paused").SelectOptionAsync("for 1 day");
        await visitor.Button("Pause the endpoint").ClickAsync();
        await visitor.Button("Resume").WaitForAsync();
        await check(visitor);

        await visitor.OpenAsync("/", "Endpoints that are not well");
        await check(visitor);
        await visitor.OpenAsync($"/tenants/{tenant}/endpoints/{id}?owner=alice", "Recent notifications");
        await visitor.Button("Rotate…").ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await check(visitor);
        await visitor.Button("Back").ClickAsync();

        await visitor.OpenAsync($"/events/{happened}", "order.paid");
        await visitor.Page.Locator("tbody tr").First.WaitForAsync();
        await check(visitor);

        await visitor.OpenAsync($"/notifications?endpoint={id}", "Notifications");
        await visitor.Page.Locator("tbody tr").First.WaitForAsync();
        await check(visitor);
    }

    private static async Task OpenFormAsync(Visitor visitor, string name)
    {
        await visitor.Page.Locator("summary", new() { HasText = name }).ClickAsync();
        await visitor.Page.Locator("summary", new() { HasText = "Headers, time, retries and pace" }).ClickAsync();
        await visitor.Page.GetByLabel("Retry schedule").WaitForAsync();
    }
}
