using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Waybill.EndToEnd.Tests.Application;
using Waybill.EndToEnd.Tests.Browser.Support;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Browser.Views;

/// <summary>Rules out a timeline that leaves something out, and buttons that need a mouse or act unasked.</summary>
[Collection(WaybillCollection.Name)]
public sealed class NotificationTests(PageFixture fixture) : IClassFixture<PageFixture>
{
    [BrowserFact]
    public async Task The_timeline_of_a_retried_notification_has_every_step_with_its_timings_and_trace()
    {
        var id = await fixture.Alice.PostAsync(fixture.Receiver.Url + "/503/200", 1);
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Alice);
        await visitor.OpenAsync($"/notifications/{id}", "Timeline");
        var timeline = visitor.Page.Locator(".timeline");

        await timeline.GetByText("The receiver took it.").WaitForAsync();

        Assert.Equal(["Accepted", "Attempt 1", "Queued", "Attempt 2", "SUCCESS"], await timeline.Locator("strong").AllInnerTextsAsync());
        Assert.Equal(["503", "200"], await timeline.Locator(".outcome").AllInnerTextsAsync());
        Assert.Equal(2, await timeline.GetByRole(AriaRole.Img, new() { NameRegex = new Regex("Time of attempt . *: .*waiting for the answer .* ms") }).CountAsync());
        Assert.Matches("^http://localhost:18888/traces/detail/[0-9a-f]{32}$", await timeline.Locator("a.trace").First.GetAttributeAsync("href"));
        visitor.HasNoFaults();
    }

    [BrowserFact]
    public async Task A_retry_to_come_counts_down()
    {
        var id = await fixture.Alice.PostAsync(fixture.Receiver.Url + "/503", 600);
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Alice);
        await visitor.OpenAsync($"/notifications/{id}", "Timeline");
        var countdown = visitor.Page.Locator(".countdown");
        await countdown.WaitForAsync();

        var first = await countdown.InnerTextAsync();

        Assert.Matches("^in [0-9]+ min( [0-9]+ s)?$", first);
        await Eventually.BecomesAsync(() => countdown.InnerTextAsync(), text => text != first);
    }

    [BrowserFact]
    public async Task Cancel_and_redeliver_work_by_keyboard_alone_and_ask_first()
    {
        var id = await fixture.Alice.PostAsync(fixture.Receiver.Url + "/503/200", 600);
        await fixture.BecomesAsync(id, record => record.NextAttemptAt is not null);
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Alice);
        await visitor.OpenAsync($"/notifications/{id}", "Timeline");

        await visitor.PressAsync(visitor.Button("Cancel…"));
        await visitor.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await visitor.Page.Keyboard.PressAsync("Escape");
        Assert.NotNull((await fixture.ReadAsync(id))!.NextAttemptAt);
        Assert.Equal("cancel", await visitor.Page.EvaluateAsync<string>("document.activeElement.dataset.action"));

        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.PressAsync(visitor.Button("Cancel the notification"));
        await visitor.Page.GetByText("Somebody cancelled it").WaitForAsync();

        await visitor.PressAsync(visitor.Button("Deliver again…"));
        await visitor.PressAsync(visitor.Button("Deliver again"));
        await visitor.Page.GetByText("The receiver took it.").WaitForAsync();

        Assert.Equal(1, (await fixture.ReadAsync(id))!.Epoch);
        visitor.HasNoFaults();
    }

    [BrowserFact]
    public async Task An_action_that_comes_too_late_is_told_what_it_is_now()
    {
        var id = await fixture.Alice.PostAsync(fixture.Receiver.Url + "/503/200", 600);
        await fixture.BecomesAsync(id, record => record.NextAttemptAt is not null);
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Alice);
        visitor.Expected = "409";
        await visitor.OpenAsync($"/notifications/{id}", "Timeline");

        await visitor.Button("Cancel…").ClickAsync();
        await fixture.Status.CancelAsync(id, CancellationToken.None);
        await visitor.Button("Cancel the notification").ClickAsync();

        await visitor.Page.GetByText("cannot be cancelled. It is FAILED now.").WaitForAsync();
        visitor.HasNoFaults();
    }
}
