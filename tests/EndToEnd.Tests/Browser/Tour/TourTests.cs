using System.Globalization;
using Microsoft.Playwright;
using Waybill.EndToEnd.Tests.Application;
using Waybill.EndToEnd.Tests.Browser.Support;
using Waybill.EndToEnd.Tests.Command;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Browser.Tour;

/// <summary>
/// The tour of docs/operating.md, with the AppHost as the README starts it: a batch meets a broken receiver; the failures are
/// found on the page and in the dashboard; the receiver is repaired; all are delivered again, in bulk.
/// </summary>
[First]
[Collection(RunningCommandCollection.Name)]
[Trait(Ladder.Name, Ladder.Full)]
public sealed class TourTests(RunningCommand running, BrowserFixture browser)
{
    private const int Orders = 12;

    [BrowserFact]
    public async Task A_newcomer_finds_the_failures_of_a_batch_opens_a_trace_repairs_the_receiver_and_watches_them_succeed()
    {
        var page = new Uri($"http://localhost:{running.Settings.Status}/");
        Assert.Contains($"Operator page  {page}", running.Command.Printed, StringComparison.Ordinal);

        await using var newcomer = new Newcomer(running.Settings);
        await newcomer.BreakReceiverAsync();
        await newcomer.SendBatchAsync();

        await using var visitor = await Visitor.ArriveAsync(browser.Browser, page, new() { ViewportSize = new() { Width = 1200, Height = 860 } });
        await visitor.SignInAsync(WaybillClient.LocalKey);

        await FindFailuresAsync(visitor, newcomer.Receiver);
        await OpenOneAsync(visitor);
        await OpenTraceAsync(visitor.Page);
        await newcomer.RepairReceiverAsync();
        await DeliverAllAgainAsync(visitor);
        await WatchThemSucceedAsync(visitor);

        visitor.HasNoFaults();
    }

    private static async Task FindFailuresAsync(Visitor visitor, string receiver)
    {
        var error = $"{new Uri(receiver).Authority} http_400";
        var group = visitor.Page.Locator("tr", new() { Has = visitor.Page.GetByRole(AriaRole.Link, new() { Name = error }) });
        await group.GetByText($"{Orders}", new() { Exact = true }).WaitForAsync();
        await CountsAllAsync(visitor, "Accepted");
        await Screenshots.TakeAsync(visitor.Page, "page-overview");

        await group.GetByRole(AriaRole.Link, new() { Name = error }).ClickAsync();
        await visitor.Text($"{Orders} notifications in the chosen time.").WaitForAsync();
        await Screenshots.TakeAsync(visitor.Page, "page-list");
    }

    /// <summary>Counters come within seconds, and the command may have sent one before.</summary>
    private static async Task CountsAllAsync(Visitor visitor, string tile)
    {
        var figure = visitor.Page.Locator(".tile", new() { HasText = tile }).Locator("strong");
        await Eventually.BecomesAsync(() => figure.InnerTextAsync(), text => int.Parse(text, CultureInfo.InvariantCulture) >= Orders);
    }

    private static async Task OpenOneAsync(Visitor visitor)
    {
        await visitor.Page.Locator("tbody a").First.ClickAsync();
        await visitor.Page.GetByText("Final: nothing more is tried by itself.").WaitForAsync();

        Assert.Equal(["400"], await visitor.Page.Locator(".outcome").AllInnerTextsAsync());
        await Screenshots.TakeAsync(visitor.Page, "page-notification", whole: true);
    }

    /// <summary>In a tab of its own; the dashboard gets to know of spans a few seconds after they have ended.</summary>
    private static async Task OpenTraceAsync(IPage page)
    {
        var trace = await page.RunAndWaitForPopupAsync(() => page.Locator(".timeline a.trace").First.ClickAsync());
        var seen = trace.GetByText("Waybill.DeliveryWorker").Or(trace.GetByText("worker")).First;

        await Eventually.BecomesAsync(
            async () =>
            {
                await trace.ReloadAsync();
                return await IsShownAsync(seen);
            },
            shown => shown);

        await Screenshots.TakeAsync(trace, "page-trace");
        await trace.CloseAsync();
    }

    internal static async Task<bool> IsShownAsync(ILocator locator)
    {
        try
        {
            await locator.WaitForAsync(new() { Timeout = 5_000 });
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static async Task DeliverAllAgainAsync(Visitor visitor)
    {
        await visitor.Page.GoBackAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Deliver these again…" }).ClickAsync();
        await visitor.Text("Loading…").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await visitor.Button("Deliver again…").ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await Screenshots.TakeAsync(visitor.Page, "page-confirm");

        await visitor.Button("Deliver all again").ClickAsync();
        await visitor.Page.Locator(".badge", new() { HasText = "COMPLETED" }).WaitForAsync();
        Assert.Equal($"{Orders}", await visitor.Page.Locator("dt:text-is('Delivered again') + dd").InnerTextAsync());
        await Screenshots.TakeAsync(visitor.Page, "page-redelivery");
    }

    private static async Task WatchThemSucceedAsync(Visitor visitor)
    {
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Its notifications" }).ClickAsync();
        var succeeded = visitor.Page.Locator("tr", new() { HasText = "order-" }).Locator(".state-success");

        await Eventually.BecomesAsync(() => succeeded.CountAsync(), count => count == Orders);
        await Screenshots.TakeAsync(visitor.Page, "page-success");

        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await visitor.Page.SetViewportSizeAsync(390, 844);
        await visitor.Page.GotoAsync("/");
        await visitor.HeadingAsync("Hosts in trouble");
        await CountsAllAsync(visitor, "Delivered");
        await visitor.Text($"Set to be delivered again in this time: {Orders}.").WaitForAsync();
        await visitor.FitsAsync();
        await Screenshots.TakeAsync(visitor.Page, "page-phone");
    }
}
