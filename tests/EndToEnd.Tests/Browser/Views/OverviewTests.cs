using System.Text.Json;
using Microsoft.Playwright;
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

        // What happened is counted within seconds, and the page asks again by itself.
        var figures = visitor.Page.Locator("figure").First.Locator("tbody td");
        await Eventually.HoldsAsync(async () => (await figures.AllInnerTextsAsync()).Any(figure => figure is not ("0" or "")));
        Assert.Equal(2, await visitor.Page.Locator("figure svg[role=img]").CountAsync());
        visitor.HasNoFaults();
    }

    [BrowserFact]
    public async Task Its_figures_are_those_of_the_summary_and_it_says_how_old_they_are()
    {
        await fixture.Alice.PostAsync(fixture.Receiver.Url + "/503/200", 1);
        await fixture.Alice.PostAsync(fixture.Receiver.Url + "/503", 600);
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Alice);
        var summary = await StandStillAsync(visitor.Page);

        await visitor.Page.ReloadAsync();
        await visitor.HeadingAsync("Hosts in trouble");

        var status = summary.GetProperty("byStatus");
        Assert.Equal(
            [Number(summary, "notifications"), Number(status, "success"), Number(status, "failed"), Number(summary, "attempts"), Number(summary, "open")],
            await visitor.Page.Locator(".tile strong").AllInnerTextsAsync());
        Assert.Equal(["Accepted", "Delivered", "Failed for good", "Attempts", "Open now"], await visitor.Page.Locator(".tile-name").AllInnerTextsAsync());

        await visitor.Page.Locator("p", new() { HasText = "Figures of" }).GetByText(" ago").WaitForAsync();
        await visitor.Page.GetByText("what it counted in its last 5 seconds is missing").WaitForAsync();
        visitor.HasNoFaults();
    }

    [BrowserFact]
    public async Task Up_to_90_days_can_be_chosen_and_stay_in_the_address()
    {
        await fixture.Alice.PostAsync(fixture.Receiver.Url + "/200");
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Alice);

        foreach (var (name, days) in new[] { ("1 day", 1), ("7 days", 7), ("30 days", 30), ("90 days", 90) })
        {
            // What the page had asked for before may be answered meanwhile.
            var answer = await visitor.Page.RunAndWaitForResponseAsync(
                () => visitor.Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync(),
                response => DaysAskedFor(response.Url) is { } asked && Math.Abs(asked - days) < 0.1);

            Assert.True(answer.Ok, await answer.TextAsync());
            var summary = await answer.JsonAsync<JsonElement>();
            var length = summary.GetProperty("to").GetDateTimeOffset() - summary.GetProperty("from").GetDateTimeOffset();
            Assert.InRange(length.TotalDays, days - 0.1, days + 0.1);
            await visitor.Page.GetByText("what it counted in its last 60 seconds is missing").WaitForAsync();
        }

        await visitor.Page.ReloadAsync();
        await visitor.Page.Locator(".windows [aria-current]", new() { HasText = "90 days" }).WaitForAsync();
        visitor.HasNoFaults();
    }

    [BrowserFact]
    public async Task Failures_are_counted_by_host_and_error_and_lead_to_their_list()
    {
        await using var other = await ScriptedReceiver.StartAsync();
        var host = new Uri(other.Url).Authority;
        string[] ids = [await fixture.Bob.PostAsync(other.Url + "/404"), await fixture.Bob.PostAsync(other.Url + "/404"), await fixture.Bob.PostAsync(other.Url + "/503")];
        await Task.WhenAll(ids.Select(id => fixture.BecomesAsync(id, record => record.IsFinal)));
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Bob);
        var groups = visitor.Page.Locator("section", new() { Has = visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Failures" }) }).Locator("tr", new() { HasText = host });

        await groups.Filter(new() { HasText = "http_503" }).Locator("td", new() { HasText = "1" }).First.WaitForAsync();
        var group = groups.Filter(new() { HasText = "http_404" });
        Assert.Equal(["CLIENT_ERROR", "2"], (await group.Locator("td").AllInnerTextsAsync()).Take(2));

        await group.GetByRole(AriaRole.Link, new() { Name = $"{host} http_404" }).ClickAsync();
        await visitor.Text("2 notifications in the chosen time.").WaitForAsync();
        Assert.Equal(1, await visitor.Page.Locator($"a[href='/notifications/{ids[0]}']").CountAsync());
        Assert.Equal(1, await visitor.Page.Locator($"a[href='/notifications/{ids[1]}']").CountAsync());
        Assert.Equal("CLIENT_ERROR", await visitor.Page.GetByLabel("Kind of failure").InputValueAsync());
        visitor.HasNoFaults();
    }

    /// <summary>What the service says when more are open than it looks at.</summary>
    [BrowserFact]
    public async Task An_incomplete_summary_is_told_and_its_figures_are_at_least_that()
    {
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Alice);
        await StandStillAsync(visitor.Page, complete: false);

        await visitor.Page.ReloadAsync();

        await visitor.Page.GetByText("there are at least as many as this page says").WaitForAsync();
        await visitor.Page.Locator(".tile", new() { HasText = "Open now" }).GetByText("at least").WaitForAsync();
        await visitor.Page.Locator(".tile", new() { HasText = "Failed for good" }).GetByText("at least").WaitForAsync();
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

        await notice.WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    /// <summary>From now on the page gets one answer of the service, so that it can be compared.</summary>
    private static async Task<JsonElement> StandStillAsync(IPage page, bool complete = true)
    {
        var from = DateTimeOffset.UtcNow.AddHours(-1).ToString("yyyy-MM-ddTHH:mm:00.000Z", System.Globalization.CultureInfo.InvariantCulture);
        var answer = await page.APIRequest.GetAsync($"/v1/summary?from={from}");
        var summary = (await answer.JsonAsync())!.Value;
        var given = System.Text.Json.Nodes.JsonNode.Parse(summary.GetRawText())!.AsObject();
        given["complete"] = complete;

        await page.RouteAsync("**/v1/summary*", route => route.FulfillAsync(new() { Json = given }));
        return summary;
    }

    /// <summary>Null for another address than that of a summary.</summary>
    private static double? DaysAskedFor(string url) =>
        new Uri(url) is { AbsolutePath: "/v1/summary" } address
            ? (DateTimeOffset.UtcNow - DateTimeOffset.Parse(System.Web.HttpUtility.ParseQueryString(address.Query)["from"]!, System.Globalization.CultureInfo.InvariantCulture)).TotalDays
            : null;

    private static string Number(JsonElement of, string name) => of.GetProperty(name).GetInt64().ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
}
