using System.Net;
using Waybill.EndToEnd.Tests.Application;
using Waybill.EndToEnd.Tests.Browser.Support;
using Waybill.Notifications.Records;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Browser.Sessions;

/// <summary>Rules out that another site, another owner or a forged cookie changes anything.</summary>
[Collection(WaybillCollection.Name)]
public sealed class ForgeryTests(PageFixture fixture) : IClassFixture<PageFixture>
{
    private const string Elsewhere = "http://elsewhere.example";

    [BrowserFact]
    public async Task A_request_that_does_not_come_from_the_page_is_refused_and_changes_nothing()
    {
        var (id, path) = await ScheduledAsync();
        using var client = new SessionClient(fixture.Url);
        await client.SignInAsync(TestKeys.Alice);

        Assert.Equal(HttpStatusCode.Forbidden, await client.PostAsync(path, token: null, client.Origin, "same-origin"));
        Assert.Equal(HttpStatusCode.Forbidden, await client.PostAsync(path, token: "guessed", client.Origin, "same-origin"));
        Assert.Equal(HttpStatusCode.Forbidden, await client.PostAsync(path, token: "right", Elsewhere, site: null));
        Assert.Equal(HttpStatusCode.Forbidden, await client.PostAsync(path, token: "right", client.Origin, "cross-site"));
        Assert.Equal(HttpStatusCode.Forbidden, await client.PostAsync(path, token: "right", client.Origin, "same-site"));
        Assert.Equal(HttpStatusCode.Forbidden, await client.PostAsync(path, token: "right", origin: null, site: null));
        Assert.Equal(NotificationStatus.Pending, (await fixture.ReadAsync(id))!.Status);

        Assert.Equal(HttpStatusCode.OK, await client.PostAsync(path));
        Assert.Equal(NotificationStatus.Failed, (await fixture.ReadAsync(id))!.Status);
    }

    [BrowserFact]
    public async Task Another_owners_notification_is_not_found()
    {
        var (id, path) = await ScheduledAsync();
        using var client = new SessionClient(fixture.Url);
        await client.SignInAsync(TestKeys.Bob);

        Assert.Equal(HttpStatusCode.NotFound, await client.PostAsync(path));
        Assert.Equal(HttpStatusCode.NotFound, await client.GetAsync($"/v1/notifications/{id}"));
        Assert.Equal(NotificationStatus.Pending, (await fixture.ReadAsync(id))!.Status);
    }

    [BrowserFact]
    public async Task A_cookie_that_was_changed_or_made_up_opens_nothing()
    {
        using var client = new SessionClient(fixture.Url);
        await client.SignInAsync(TestKeys.Alice);
        Assert.Equal(HttpStatusCode.OK, await client.GetAsync("/v1/notifications"));

        var parts = client.Cookie.Split('.');
        var later = $"{parts[0]}.{parts[1]}0.{parts[2]}.{parts[3]}";
        var somebodyElses = $"b3BlcmF0b3I.{parts[1]}.{parts[2]}.{parts[3]}";

        foreach (var cookie in new[] { later, somebodyElses, client.Cookie[..^2], "a.b.c.d", "%", new string('x', 3000) })
        {
            client.Cookie = cookie;
            Assert.Equal(HttpStatusCode.Unauthorized, await client.GetAsync("/v1/notifications"));
            Assert.Equal(HttpStatusCode.Unauthorized, await client.PostAsync("/page/notifications/ntf_x/cancel"));
        }
    }

    [BrowserFact]
    [Trait(Ladder.Name, Ladder.Full)]
    public async Task A_session_ends_with_its_key_and_outlives_a_restart_where_the_secret_is_configured()
    {
        const string Secret = "0123456789abcdef0123456789abcdef";
        await using var first = await fixture.StartStatusAsync(("Page__SessionSecret", Secret));
        using var client = new SessionClient(first.PublicUrl);
        await client.SignInAsync(TestKeys.Alice);

        // Other processes with the same secret; in the third, Alice's name has another key.
        await using var second = await fixture.StartStatusAsync(("Page__SessionSecret", Secret));
        await using var changed = await fixture.StartStatusAsync(
            ("Page__SessionSecret", Secret),
            ("ApiKeys__Keys__1__Sha256", new string('0', 64)));

        Assert.Equal(HttpStatusCode.OK, await WithCookieAsync(second.PublicUrl, client.Cookie));
        Assert.Equal(HttpStatusCode.Unauthorized, await WithCookieAsync(changed.PublicUrl, client.Cookie));
        Assert.Equal(HttpStatusCode.Unauthorized, await WithCookieAsync(fixture.Url, client.Cookie));
    }

    private static async Task<HttpStatusCode> WithCookieAsync(Uri page, string cookie)
    {
        using var client = new SessionClient(page) { Cookie = cookie };
        return await client.GetAsync("/v1/notifications");
    }

    /// <summary>One of Alice's, far enough off that nothing happens to it by itself.</summary>
    private async Task<(string Id, string CancelPath)> ScheduledAsync()
    {
        var id = await fixture.Alice.PostJsonAsync(new() { ["url"] = fixture.Receiver.Url + "/200", ["deliverAt"] = DateTimeOffset.UtcNow.AddDays(1).ToString("O") });
        return (id, $"/page/notifications/{id}/cancel");
    }
}
