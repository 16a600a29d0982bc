using System.Text.Json.Nodes;
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
    public async Task A_notification_is_found_by_every_filter_at_once()
    {
        var correlationId = $"order-{Guid.NewGuid():N}";
        var id = await fixture.Alice.PostJsonAsync(new() { ["url"] = fixture.Receiver.Url + "/404", ["correlationId"] = correlationId });
        await fixture.BecomesAsync(id, record => record.IsFinal);
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Alice);
        await visitor.OpenAsync("/notifications", "Notifications");

        await visitor.Page.GetByLabel("Status").SelectOptionAsync("FAILED");
        await visitor.Page.GetByLabel("Open or final").SelectOptionAsync("true");
        await visitor.Page.GetByLabel("Kind of failure").SelectOptionAsync("CLIENT_ERROR");
        await visitor.Page.GetByLabel("Host").FillAsync("127.0.0.1");
        await visitor.Page.Locator("summary", new() { HasText = "By correlation id" }).ClickAsync();
        await visitor.Page.GetByLabel("Correlation id", new() { Exact = true }).FillAsync(correlationId);
        await visitor.Page.GetByLabel("Created from").FillAsync(Local(DateTimeOffset.UtcNow.AddHours(-1)));
        await visitor.Page.GetByLabel("Created until").FillAsync(Local(DateTimeOffset.UtcNow.AddHours(1)));
        await visitor.Page.GetByLabel("Host").PressAsync("Enter");
        await visitor.Text("1 notification in the chosen time.").WaitForAsync();
        Assert.Equal(1, await visitor.Page.Locator($"a[href='/notifications/{id}']").CountAsync());

        // Each of them alone rules it out, and those that were set stay.
        (string Label, string Right, string Wrong)[] choices = [("Status", "FAILED", "SUCCESS"), ("Open or final", "true", "false"), ("Kind of failure", "CLIENT_ERROR", "TIMEOUT")];

        foreach (var (label, right, wrong) in choices)
        {
            await visitor.Page.GetByLabel(label).SelectOptionAsync(wrong);
            await visitor.Button("Search").ClickAsync();
            await visitor.Text("0 notifications in the chosen time.").WaitForAsync();
            await visitor.Page.GetByLabel(label).SelectOptionAsync(right);
        }

        await visitor.Button("Search").ClickAsync();
        await visitor.Text("1 notification in the chosen time.").WaitForAsync();
        visitor.HasNoFaults();
    }

    [BrowserFact]
    public async Task An_operator_sees_whose_they_are_and_those_of_one_owner_alone()
    {
        var alices = await fixture.Alice.PostAsync(fixture.Receiver.Url + "/200");
        var bobs = await fixture.Bob.PostAsync(fixture.Receiver.Url + "/200");
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Operator);
        await visitor.OpenAsync("/notifications", "Notifications");

        await visitor.Page.Locator("summary", new() { HasText = "owner" }).ClickAsync();
        await visitor.Page.GetByLabel("Owner").FillAsync("bob");
        await visitor.Page.GetByLabel("Owner").PressAsync("Enter");

        await visitor.Page.Locator($"a[href='/notifications/{bobs}']", new() { HasText = "of bob" }).WaitForAsync();
        Assert.Equal(0, await visitor.Page.Locator($"a[href='/notifications/{alices}']").CountAsync());
        Assert.Equal(0, await visitor.Text("of alice").CountAsync());
        visitor.HasNoFaults();
    }

    [BrowserFact]
    public async Task What_was_read_for_a_list_that_no_index_has_is_said()
    {
        await fixture.Alice.PostAsync(fixture.Receiver.Url + "/200");
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Alice);

        await visitor.OpenAsync("/notifications?host=nobody.example", "Notifications");

        Assert.Matches("No index has just what these filters ask for: [0-9]+ notifications? (was|were) read, and none of them fits.", await visitor.Text("No index has").InnerTextAsync());
        await visitor.Text("None. Choose another time or fewer filters.").WaitForAsync();
        visitor.HasNoFaults();
    }

    /// <summary>As after the first of many thousands; the page that the cursor leads to is the service's own.</summary>
    [BrowserFact]
    public async Task An_empty_page_with_a_cursor_says_how_many_were_read_and_leads_on()
    {
        await PostManyAsync(51);
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Bob);
        var cursor = await CursorAsync(visitor.Page);

        await visitor.Page.RouteAsync(
            url => url.Contains("/v1/notifications?", StringComparison.Ordinal) && !url.Contains("cursor=", StringComparison.Ordinal),
            route => route.FulfillAsync(new() { Json = new { items = Array.Empty<object>(), cursor, examined = 1000 } }));
        await visitor.OpenAsync("/notifications", "Notifications");

        await visitor.Text("1,000 notifications were read, and none of them fits. Go on to read the next ones. This page is looked at again every 1 min.").WaitForAsync();
        await visitor.Button("Go on").FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");

        await visitor.Text("continued").WaitForAsync();
        await visitor.Page.Locator("tbody a").First.WaitForAsync();
        visitor.HasNoFaults();
    }

    [BrowserFact]
    public async Task A_list_is_saved_as_a_file_with_the_same_filters()
    {
        var correlationId = $"export-{Guid.NewGuid():N}";
        var id = await fixture.Alice.PostJsonAsync(new() { ["url"] = fixture.Receiver.Url + "/404", ["correlationId"] = correlationId });
        await fixture.Alice.PostJsonAsync(new() { ["url"] = fixture.Receiver.Url + "/200", ["correlationId"] = correlationId });
        await fixture.BecomesAsync(id, record => record.IsFinal);
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Alice);
        await visitor.OpenAsync($"/notifications?status=FAILED&final=true&category=CLIENT_ERROR&correlationId={correlationId}", "Notifications");
        await visitor.Text("1 notification of all time.").WaitForAsync();

        var lines = await SavedAsync(visitor.Page, "NDJSON", "notifications.ndjson");
        Assert.Equal(id, JsonNode.Parse(Assert.Single(lines))!["id"]!.GetValue<string>());

        var rows = await SavedAsync(visitor.Page, "CSV", "notifications.csv");
        Assert.StartsWith("id,owner,status,final,", rows[0], StringComparison.Ordinal);
        Assert.StartsWith($"{id},alice,FAILED,true,", Assert.Single(rows[1..]), StringComparison.Ordinal);

        Assert.Equal("/notifications", new Uri(visitor.Page.Url).AbsolutePath);
        visitor.HasNoFaults();
    }

    [BrowserFact]
    public async Task A_time_too_long_for_a_list_can_be_saved_all_the_same()
    {
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Alice);
        visitor.Expected = "400";
        var from = DateTimeOffset.UtcNow.AddDays(-100).ToString("O");

        await visitor.OpenAsync($"/notifications?from={Uri.EscapeDataString(from)}", "Notifications");
        await visitor.Text("at most 31 days before it").WaitForAsync();

        Assert.NotEmpty(await SavedAsync(visitor.Page, "CSV", "notifications.csv"));
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
        await visitor.Text("continued").WaitForAsync();
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

    /// <summary>As a field for a time takes and shows it, which leaves out seconds that are none; the visitor's zone is UTC.</summary>
    private static string Local(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture);

    /// <returns>The file's lines.</returns>
    private static async Task<string[]> SavedAsync(IPage page, string format, string name)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = $"Export as {format}" }).ClickAsync());
        Assert.Equal(name, download.SuggestedFilename);
        return await File.ReadAllLinesAsync(await download.PathAsync());
    }

    private static async Task<string> CursorAsync(IPage page)
    {
        var answer = await page.APIRequest.GetAsync("/v1/notifications?limit=50");
        return (await answer.JsonAsync())!.Value.GetProperty("cursor").GetString()!;
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
