using Waybill.EndToEnd.Tests.Application;
using Waybill.EndToEnd.Tests.Browser.Support;
using Waybill.Notifications.StatusApi;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Browser.Views;

/// <summary>Rules out an overview that misses what needs somebody to look at it.</summary>
[Collection(WaybillCollection.Name)]
public sealed class OverviewTests(PageFixture fixture) : IClassFixture<PageFixture>
{
    [BrowserFact]
    public async Task It_shows_hosts_in_trouble_the_oldest_open_notification_and_both_charts_with_their_numbers()
    {
        await fixture.Bob.PostAsync(fixture.Receiver.Url + "/503", 600);
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Bob);

        await visitor.Page.Locator("tr", new() { HasText = "http_503" }).WaitForAsync();
        await visitor.Page.GetByText("waits for").WaitForAsync();
        await visitor.Page.Locator("summary", new() { HasText = "As a table" }).First.ClickAsync();

        var figures = await visitor.Page.Locator("figure").First.Locator("tbody td").AllInnerTextsAsync();
        Assert.Contains(figures, figure => figure != "0");
        Assert.Equal(2, await visitor.Page.Locator("figure svg[role=img]").CountAsync());
        visitor.HasNoFaults();
    }

    [BrowserFact]
    public async Task Dead_letters_are_shown_to_operators_as_intake_reported_them_last()
    {
        var later = DateTimeOffset.UtcNow.AddHours(1);
        await fixture.Status.ReportAsync(new QueueReport(3, 2, 7, later), CancellationToken.None);
        await fixture.Status.ReportAsync(new QueueReport(0, 0, 0, later.AddMinutes(-1)), CancellationToken.None);

        await using var visitor = await fixture.VisitAsAsync(TestKeys.Operator);

        Assert.Equal("7", await visitor.Page.Locator("dt:text-is('Dead letters') + dd").InnerTextAsync());
        await visitor.Page.GetByText("As of").WaitForAsync();
        visitor.HasNoFaults();
    }

    [BrowserFact]
    public async Task While_the_service_does_not_answer_the_page_says_so_and_goes_on_by_itself()
    {
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Operator);
        await visitor.HeadingAsync("Hosts in trouble");
        var notice = visitor.Page.Locator("#connection", new() { HasText = "The service does not answer; trying again." });

        await visitor.Page.Context.SetOfflineAsync(true);
        visitor.Expected = "ERR_INTERNET_DISCONNECTED";
        await notice.WaitForAsync();
        await visitor.Page.Context.SetOfflineAsync(false);

        await notice.WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Detached });
    }
}
