using System.Text.Json.Nodes;
using Waybill.EndToEnd.Tests.Application;
using Waybill.EndToEnd.Tests.Browser.Support;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Browser.Views;

/// <summary>Rules out that what clients and receivers write becomes anything but text.</summary>
[Collection(WaybillCollection.Name)]
public sealed class HostileTests(PageFixture fixture) : IClassFixture<PageFixture>
{
    private const string Markup = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'>";

    [BrowserFact]
    public async Task Markup_in_payload_headers_correlation_id_URL_and_answer_is_shown_and_not_run()
    {
        await using var hostile = await ScriptedReceiver.StartAsync();
        hostile.Body = Markup;

        var id = await fixture.Alice.PostJsonAsync(new()
        {
            ["url"] = $"{hostile.Url}/400?x=<script>window.hacked=3</script>",
            ["correlationId"] = Markup,
            ["headers"] = new JsonObject { ["x-note"] = Markup },
            ["payload"] = new JsonObject { [Markup] = Markup, ["exact"] = JsonNode.Parse("12345678901234567890.10") },
        });

        await fixture.BecomesAsync(id, record => record.IsFinal);
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Alice);

        await visitor.OpenAsync("/notifications", "Notifications");
        await visitor.Page.Locator("td", new() { HasText = Markup }).First.WaitForAsync();
        await visitor.OpenAsync($"/notifications/{id}", "Timeline");
        await visitor.Page.Locator("summary", new() { HasText = "Request" }).ClickAsync();
        await visitor.Page.Locator("td", new() { HasText = Markup }).WaitForAsync();

        await visitor.Page.GetByLabel("Id of a notification, event or endpoint, or correlation id").FillAsync($"{Markup} of nobody");
        await visitor.Button("Find").ClickAsync();
        await visitor.Page.Locator(".notice", new() { HasText = $"“{Markup} of nobody”" }).WaitForAsync();
        await visitor.Page.GoBackAsync();
        await visitor.Page.Locator("summary", new() { HasText = "Request" }).ClickAsync();
        await visitor.Page.Locator("td", new() { HasText = Markup }).WaitForAsync();

        var bodies = await visitor.Page.Locator("pre").AllInnerTextsAsync();
        Assert.Contains(bodies, body => body == Markup);
        Assert.Contains(bodies, body => body.Contains($"\"exact\": 12345678901234567890.10", StringComparison.Ordinal));
        Assert.Null(await visitor.Page.EvaluateAsync<int?>("window.hacked ?? null"));
        Assert.Equal(1, await visitor.Page.Locator("script").CountAsync());
        visitor.HasNoFaults();
    }

    [BrowserFact]
    public async Task The_policy_allows_no_text_to_become_markup_and_nothing_from_elsewhere()
    {
        await using var visitor = await fixture.VisitAsync();
        var response = await visitor.Page.GotoAsync("/");

        var policy = response!.Headers["content-security-policy"];
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers["x-content-type-options"]);

        visitor.Expected = "TrustedHTML";
        var refused = await visitor.Page.EvaluateAsync<string>("try { document.body.innerHTML = '<b>x</b>'; 'taken' } catch (error) { error.name }");
        Assert.Equal("TypeError", refused);
    }
}
