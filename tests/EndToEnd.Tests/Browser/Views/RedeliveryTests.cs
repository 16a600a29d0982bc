using Waybill.EndToEnd.Tests.Application;
using Waybill.EndToEnd.Tests.Browser.Support;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Browser.Views;

/// <summary>Rules out a bulk redelivery that begins unasked, cannot be stopped, or is refused without a word. The tour has one that succeeds.</summary>
[Collection(WaybillCollection.Name)]
public sealed class RedeliveryTests(PageFixture fixture) : IClassFixture<PageFixture>
{
    [BrowserFact]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task One_that_nobody_works_on_yet_waits_and_can_be_stopped()
    {
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Operator);
        await fixture.StopIntakeAsync();

        try
        {
            await visitor.OpenAsync("/redeliveries", "Redeliveries");
            await visitor.Button("Deliver again…").ClickAsync();
            await visitor.Button("Deliver all again").ClickAsync();
            await visitor.Page.Locator(".badge", new() { HasText = "RUNNING" }).WaitForAsync();
            await visitor.Page.GetByText("From the newest failure to the oldest: what failed since").WaitForAsync();

            await visitor.Button("Stop…").ClickAsync();
            await visitor.Button("Stop it").ClickAsync();
            await visitor.Page.Locator(".badge", new() { HasText = "CANCELLED" }).WaitForAsync();
        }
        finally
        {
            await fixture.StartIntakeAsync();
        }

        visitor.HasNoFaults();
    }

    [BrowserFact]
    public async Task A_time_that_ends_before_it_begins_is_refused_in_words()
    {
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Operator);
        visitor.Expected = "400";
        await visitor.OpenAsync("/redeliveries", "Redeliveries");

        await visitor.Page.GetByLabel("Created from").FillAsync("2026-01-02T00:00:01");
        await visitor.Page.GetByLabel("Created until").FillAsync("2026-01-01T00:00:01");
        await visitor.Button("Deliver again…").ClickAsync();
        await visitor.Button("Deliver all again").ClickAsync();

        await visitor.Page.GetByText("from must be before 'until'").WaitForAsync();
        visitor.HasNoFaults();
    }
}
