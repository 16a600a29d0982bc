using Waybill.EndToEnd.Tests.Application;
using Waybill.EndToEnd.Tests.Browser.Support;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Browser.Sessions;

/// <summary>Rules out getting in without a key, staying in after the end, and a cookie that others could use.</summary>
[Collection(WaybillCollection.Name)]
public sealed class SignInTests(PageFixture fixture) : IClassFixture<PageFixture>
{
    [BrowserFact]
    public async Task Signing_in_opens_the_overview_and_signing_out_closes_it()
    {
        await using var visitor = await fixture.VisitAsync();

        await visitor.SignInAsync(TestKeys.Operator);
        await visitor.HeadingAsync("Overview");
        await visitor.Button("Sign out").ClickAsync();
        await visitor.HeadingAsync("Sign in to Waybill");
        await visitor.Page.ReloadAsync();
        await visitor.HeadingAsync("Sign in to Waybill");

        visitor.HasNoFaults();
    }

    [BrowserFact]
    public async Task The_address_that_was_asked_for_opens_after_signing_in()
    {
        await using var visitor = await fixture.VisitAsync();

        await visitor.OpenAsync("/notifications", "Sign in to Waybill");
        await visitor.SignInAsync(TestKeys.Alice);
        await visitor.HeadingAsync("Notifications");

        Assert.Equal("/notifications", new Uri(visitor.Page.Url).AbsolutePath);
    }

    [BrowserFact]
    public async Task A_wrong_key_and_a_key_of_the_services_are_refused_in_words()
    {
        await using var visitor = await fixture.VisitAsync();
        var key = visitor.Page.GetByLabel("API key");
        var alert = visitor.Page.GetByRole(Microsoft.Playwright.AriaRole.Alert);

        await key.FillAsync("nobody's");
        await key.PressAsync("Enter");
        await alert.Filter(new() { HasText = "This key is not known" }).WaitForAsync();

        await key.FillAsync(TestKeys.Internal);
        await key.PressAsync("Enter");
        await alert.Filter(new() { HasText = "for the services themselves" }).WaitForAsync();

        Assert.Empty(await visitor.Page.Context.CookiesAsync());
    }

    [BrowserFact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_of_other_sites()
    {
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Operator);

        var cookie = Assert.Single(await visitor.Page.Context.CookiesAsync());

        Assert.True(cookie.HttpOnly);
        Assert.Equal(Microsoft.Playwright.SameSiteAttribute.Strict, cookie.SameSite);
        Assert.DoesNotContain(TestKeys.Operator, cookie.Value, StringComparison.Ordinal);
        Assert.Equal("", await visitor.Page.EvaluateAsync<string>("document.cookie"));
    }

    [BrowserFact]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task A_session_that_ends_while_the_page_is_open_leads_back_to_signing_in()
    {
        await using var shortly = await fixture.StartStatusAsync(("Page__SessionMinutes", "0.1"));
        await using var visitor = await fixture.VisitAsync(url: shortly.PublicUrl);

        await visitor.SignInAsync(TestKeys.Operator);
        await visitor.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Notifications" }).ClickAsync();

        await visitor.HeadingAsync("Sign in to Waybill");
        await visitor.Page.GetByText("Your session has ended").WaitForAsync();
    }
}
