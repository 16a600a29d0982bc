using Microsoft.Playwright;
using Waybill.EndToEnd.Tests.Application;
using Waybill.EndToEnd.Tests.Browser.Support;
using Waybill.EndToEnd.Tests.Command;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Browser.Tour;

/// <summary>
/// What the documents show of the dashboard, done as a person does it: the links lead somewhere, and a command tells what became of it.
/// </summary>
[Collection(RunningCommandCollection.Name)]
[Trait(Ladder.Name, Ladder.Full)]
public sealed class DashboardTests(RunningCommand running, BrowserFixture browser)
{
    private const string Send = "Send a test notification";

    [BrowserFact]
    public async Task A_newcomer_opens_the_links_sends_a_test_notification_and_finds_its_call_in_the_trace()
    {
        var command = running.Command;
        await using var visitor = await Visitor.ArriveAsync(
            browser.Browser,
            new Uri($"http://localhost:{running.Settings.Dashboard}"),
            new() { ViewportSize = new() { Width = 1500, Height = 760 } });

        await SeeResourcesAsync(visitor.Page);
        await OpenLinksAsync(visitor.Page);

        var told = await SendAsync(visitor.Page, $"{command.ReceiverUrl}/hook/dashboard?verify=1", "succeeded");
        Assert.Matches(@"^ntf_\w+ was delivered: 200 OK after [0-9.]+ ms\.", told);

        using var client = command.CreateClient();
        var record = await client.DeliveredAsync(told.Split(' ')[0]);
        await FollowTraceAsync(visitor.Page, record.Text("traceId"));

        var failed = await SendAsync(visitor.Page, $"{command.ReceiverUrl}/status/500", "failed");
        Assert.EndsWith("failed: The receiver answered 500 Internal Server Error.", failed, StringComparison.Ordinal);

        await SeeMetricsAsync(visitor.Page);
        Assert.EndsWith("Ctrl+C ends everything.", command.Printed.TrimEnd(), StringComparison.Ordinal);
    }

    private static async Task SeeResourcesAsync(IPage page)
    {
        // The dashboard asks the AppHost for them, and may have been asked itself before it could.
        await Eventually.BecomesAsync(
            async () =>
            {
                await page.GotoAsync("/");
                return await TourTests.IsShownAsync(Row(page, "worker"));
            },
            shown => shown);

        foreach (var name in new[] { "aws", "dynamodb", "sqs", "receivers", "own-receiver", "receiver", "waybill", "intake", "status", "worker" })
        {
            await Row(page, name).WaitForAsync();
        }

        Assert.Contains("Not started", await Row(page, "own-receiver").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await page.GetByText("unsecured").CountAsync());
        await Screenshots.TakeAsync(page, "resources");
    }

    private static async Task OpenLinksAsync(IPage page)
    {
        (string Resource, string Link)[] links = [("intake", "OpenAPI"), ("status", "OpenAPI"), ("status", "Operator page"), ("receiver", "What it received")];

        foreach (var (resource, link) in links)
        {
            var target = await Row(page, resource).GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).GetAttributeAsync("href");
            var answer = await page.APIRequest.GetAsync(target!);
            Assert.True(answer.Ok, $"{link} of {resource} leads to {target}, which answers {answer.Status}.");
        }
    }

    /// <returns>What the dashboard tells of it.</returns>
    private static async Task<string> SendAsync(IPage page, string url, string outcome)
    {
        await page.GotoAsync("/");
        await Row(page, "intake").GetByRole(AriaRole.Button, new() { Name = "Delivers one notification" }).ClickAsync();

        var dialog = page.Locator("#interactions-input-dialog");
        var input = dialog.GetByRole(AriaRole.Textbox);
        await input.WaitForAsync();
        await Screenshots.TakeAsync(page, "command");
        await input.FillAsync(url);
        await dialog.Locator("fluent-button", new() { HasText = Send }).ClickAsync();

        await page.GetByText($"\"{Send}\" {outcome}").First.WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Notifications", Exact = true }).ClickAsync();
        return await page.GetByText(outcome == "failed" ? " failed: " : " was delivered: ").First.InnerTextAsync();
    }

    private static async Task FollowTraceAsync(IPage page, string traceId)
    {
        // Only the rows are there that fit into the window.
        await page.SetViewportSizeAsync(1500, 960);
        var attempt = page.Locator("tr", new() { HasText = "worker" }).Filter(new() { HasText = "receiver" }).First;

        // The dashboard gets to know of spans a second after they have ended.
        await Eventually.BecomesAsync(
            async () =>
            {
                await page.GotoAsync($"/traces/detail/{traceId}");
                return await TourTests.IsShownAsync(attempt);
            },
            shown => shown);

        await Screenshots.TakeAsync(page, "trace");

        await attempt.ClickAsync();
        await page.GetByText("waybill.delivery.category").First.WaitForAsync();
        await Screenshots.TakeAsync(page, "attempt");
    }

    private static async Task SeeMetricsAsync(IPage page)
    {
        await page.GotoAsync("/metrics/resource/worker?meter=Waybill&instrument=waybill.attempts&duration=5");
        await page.GetByText("waybill.delivery.category").First.WaitForAsync();
        await page.Locator("svg").GetByText("Attempts", new() { Exact = true }).First.WaitForAsync();
        await Screenshots.TakeAsync(page, "metrics");
    }

    private static ILocator Row(IPage page, string resource) =>
        page.Locator("tr").Filter(new() { Has = page.GetByText(resource, new() { Exact = true }) }).First;
}
