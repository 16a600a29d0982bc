using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Waybill.EndToEnd.Tests.Application;
using Waybill.EndToEnd.Tests.Browser.Support;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Browser.Views;

/// <summary>Rules out that somebody who has an id or a correlation id must first find the place to look for it, or is left without a word.</summary>
[Collection(WaybillCollection.Name)]
public sealed class FindTests(PageFixture fixture) : IClassFixture<PageFixture>
{
    private const string Label = "Id of a notification, event or endpoint, or correlation id";

    [BrowserFact]
    public async Task An_id_opens_its_notification_from_every_view_by_keyboard_alone()
    {
        var id = await fixture.Alice.PostAsync(fixture.Receiver.Url + "/200");
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Operator);
        string[] views = ["/", "/notifications", $"/notifications/{id}", "/tenants", "/redeliveries", "/redeliveries/none"];

        foreach (var path in views)
        {
            await visitor.Page.GotoAsync(path);
            await visitor.Page.GetByLabel(Label).WaitForAsync();
            await TabToFieldAsync(visitor.Page);
            await visitor.Page.Keyboard.TypeAsync($" {id} ");
            await visitor.Page.Keyboard.PressAsync("Enter");

            await visitor.HeadingAsync("Timeline");
            Assert.Equal($"/notifications/{id}", new Uri(visitor.Page.Url).AbsolutePath);
            Assert.Equal("", await visitor.Page.GetByLabel(Label).InputValueAsync());
        }
    }

    [BrowserFact]
    public async Task The_id_of_an_event_opens_it_and_that_of_an_endpoint_lists_what_it_got()
    {
        var tenant = $"find-{Guid.NewGuid():N}";
        var endpoint = await fixture.Alice.AddEndpointAsync(tenant, fixture.Receiver.Url + "/200", "*");
        var happened = await fixture.Alice.PublishAsync(tenant, "order.found");
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Alice);

        await FindAsync(visitor.Page, happened);
        await visitor.HeadingAsync("order.found");
        Assert.Equal($"/events/{happened}", new Uri(visitor.Page.Url).AbsolutePath);

        await FindAsync(visitor.Page, endpoint);
        await visitor.Text("1 notification of the last day.").WaitForAsync();
        await visitor.Page.Locator("tbody tr", new() { HasText = $"order.found for {tenant}" }).WaitForAsync();
        visitor.HasNoFaults();
    }

    [BrowserFact]
    public async Task A_correlation_id_lists_all_that_have_it_and_nobody_elses()
    {
        var correlationId = $"order {Guid.NewGuid():N} ü/?&";
        var first = await PostAsync(fixture.Alice, correlationId);
        var second = await PostAsync(fixture.Alice, correlationId);
        await PostAsync(fixture.Bob, correlationId);
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Alice);

        await FindAsync(visitor.Page, correlationId);

        await visitor.Text("2 notifications of all time.").WaitForAsync();
        Assert.Equal(1, await visitor.Page.Locator($"a[href='/notifications/{first}']").CountAsync());
        Assert.Equal(1, await visitor.Page.Locator($"a[href='/notifications/{second}']").CountAsync());
        Assert.Equal(correlationId, await visitor.Page.GetByLabel("Correlation id", new() { Exact = true }).InputValueAsync());
        visitor.HasNoFaults();
    }

    [BrowserFact]
    public async Task What_is_not_found_is_said_in_words_and_to_those_who_listen()
    {
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Alice);
        visitor.Expected = "404";

        await FindAsync(visitor.Page, "ntf_00000000000000000000000000");
        const string None = "There is no notification ntf_00000000000000000000000000, or it is not yours.";
        await visitor.Text(None).WaitForAsync();
        await visitor.Page.Locator("#announcements", new() { HasText = None }).WaitForAsync();

        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Look for it as a correlation id" }).ClickAsync();
        const string Words = "Nothing is found with the correlation id “ntf_00000000000000000000000000”.";
        await visitor.Page.Locator(".notice", new() { HasText = Words }).WaitForAsync();
        await visitor.Page.Locator("#announcements", new() { HasText = Words }).WaitForAsync();
        visitor.HasNoFaults();
    }

    [BrowserFact]
    public async Task Somebody_who_is_not_signed_in_has_no_field()
    {
        await using var visitor = await fixture.VisitAsync();
        await visitor.HeadingAsync("Sign in to Waybill");

        Assert.Equal(0, await visitor.Page.GetByLabel(Label).CountAsync());
    }

    private static async Task FindAsync(IPage page, string text)
    {
        await page.GetByLabel(Label).FillAsync(text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Find", Exact = true }).ClickAsync();
    }

    private static async Task TabToFieldAsync(IPage page)
    {
        for (var tabs = 0; tabs < 10; tabs++)
        {
            await page.Keyboard.PressAsync("Tab");

            if (await page.EvaluateAsync<string>("document.activeElement.id") == "find")
            {
                return;
            }
        }

        Assert.Fail($"{page.Url}: the field cannot be reached by keyboard.");
    }

    private Task<string> PostAsync(Poster poster, string correlationId) =>
        poster.PostJsonAsync(new JsonObject { ["url"] = fixture.Receiver.Url + "/200", ["correlationId"] = correlationId });
}
