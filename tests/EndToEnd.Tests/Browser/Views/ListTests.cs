using Microsoft.Playwright;
using Waybill.EndToEnd.Tests.Application;
using Waybill.EndToEnd.Tests.Browser.Support;
using Waybill.Notifications.Records;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Browser.Views;

/// <summary>Rules out that somebody looks for a notification and does not find it, or finds another's.</summary>
[Collection(WaybillCollection.Name)]
public sealed class ListTests(PageFixture fixture) : IClassFixture<PageFixture>
{
    [BrowserFact]
    public async Task A_notification_is_found_by_its_correlation_id_its_host_its_status_and_its_id()
    {
        var correlationId = $"order-{Guid.NewGuid():N}";
        var id = await fixture.Alice.PostJsonAsync(new() { ["url"] = fixture.Receiver.Url + "/404", ["correlationId"] = correlationId });
        await fixture.BecomesAsync(id, record => record.IsFinal);
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Alice);
        await visitor.OpenAsync("/notifications", "Notifications");

        await visitor.Page.GetByLabel("Id or correlation id").FillAsync(correlationId);
        await visitor.Page.GetByLabel("Status").SelectOptionAsync("FAILED");
        await visitor.Page.GetByLabel("Host").FillAsync("127.0.0.1");
        await visitor.Page.GetByLabel("Host").PressAsync("Enter");
        await visitor.Page.GetByText("1 notification of the last day.").WaitForAsync();
        Assert.Equal(1, await visitor.Page.Locator($"a[href='/notifications/{id}']").CountAsync());

        await visitor.Page.GetByLabel("Status").SelectOptionAsync("SUCCESS");
        await visitor.Button("Search").ClickAsync();
        await visitor.Page.GetByText("0 notifications").WaitForAsync();

        await visitor.Page.GetByLabel("Id or correlation id").FillAsync(id);
        await visitor.Button("Search").ClickAsync();
        await visitor.Page.GetByText("Final: nothing more is tried by itself.").WaitForAsync();

        visitor.HasNoFaults();
    }

    [BrowserFact]
    public async Task A_list_goes_on_to_older_ones_and_the_way_back_leads_to_the_newest()
    {
        var newest = await PostManyAsync(51);
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Bob);
        await visitor.OpenAsync("/notifications", "Notifications");
        var first = visitor.Page.Locator($"a[href='/notifications/{newest}']");
        await first.WaitForAsync();

        await visitor.Button("Older").ClickAsync();
        await visitor.Page.GetByText("continued").WaitForAsync();
        Assert.Equal(0, await first.CountAsync());

        await visitor.Page.GoBackAsync();
        await first.WaitForAsync();
        visitor.HasNoFaults();
    }

    [BrowserFact]
    public async Task What_is_new_appears_by_itself_and_leaves_the_focus_where_it_is()
    {
        await fixture.Alice.PostAsync(fixture.Receiver.Url + "/200");
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Alice);
        await visitor.OpenAsync("/notifications", "Notifications");
        var before = visitor.Page.Locator("tbody a").First;
        var focused = await before.GetAttributeAsync("href");
        await before.FocusAsync();

        var id = await fixture.Alice.PostAsync(fixture.Receiver.Url + "/200");

        await visitor.Page.Locator($"a[href='/notifications/{id}']").WaitForAsync();
        Assert.Equal(focused, await visitor.Page.EvaluateAsync<string>("document.activeElement.getAttribute('href')"));
        visitor.HasNoFaults();
    }

    [BrowserFact]
    public async Task An_owner_sees_only_its_own_and_no_bulk_redelivery()
    {
        var id = await fixture.Alice.PostAsync(fixture.Receiver.Url + "/200");
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Bob);
        visitor.Expected = "404";

        await visitor.OpenAsync($"/notifications/{id}", "Not found");
        await visitor.OpenAsync("/redeliveries", "Not found");

        Assert.Equal(0, await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Redeliveries" }).CountAsync());
        visitor.HasNoFaults();
    }

    private async Task<string> PostManyAsync(int count)
    {
        for (var number = 1; number < count; number++)
        {
            await fixture.Bob.PostAsync(fixture.Receiver.Url + "/200");
        }

        var newest = await fixture.Bob.PostAsync(fixture.Receiver.Url + "/200");
        await fixture.BecomesAsync(newest, record => record.Status == NotificationStatus.Success);
        return newest;
    }
}
