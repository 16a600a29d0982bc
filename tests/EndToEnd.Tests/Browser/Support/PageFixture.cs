using Microsoft.Playwright;
using Waybill.EndToEnd.Tests.Application;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Browser.Support;

/// <summary>The page of the running AppHost, and a receiver that fails as it is told; each test has notifications of its own.</summary>
public sealed class PageFixture(WaybillFixture waybill, BrowserFixture browser) : IAsyncLifetime
{
    public ScriptedReceiver Receiver { get; private set; } = null!;

    /// <summary>The internal API.</summary>
    public StatusClient Status { get; } = StatusServiceHost.CreateClient(waybill.InternalUrl);

    public Uri Url => waybill.StatusUrl;

    /// <summary>Posts in Alice's name.</summary>
    internal Poster Alice => new(waybill.IntakeUrl, TestKeys.Alice);

    internal Poster Bob => new(waybill.IntakeUrl, TestKeys.Bob);

    public async Task InitializeAsync() => Receiver = await ScriptedReceiver.StartAsync();

    public async Task DisposeAsync() => await Receiver.DisposeAsync();

    /// <summary>The record, read with strong consistency; null when there is none.</summary>
    public Task<NotificationRecord?> ReadAsync(string id) => Status.GetAsync(id, CancellationToken.None);

    public async Task<NotificationRecord> BecomesAsync(string id, Func<NotificationRecord, bool> expected) =>
        (await Eventually.BecomesAsync(() => ReadAsync(id), record => record is not null && expected(record)))!;

    /// <summary>A further status service on the same table, with the keys of tests alone.</summary>
    public Task<StatusServiceHost> StartStatusAsync(params (string Name, string Value)[] settings) =>
        StatusServiceHost.StartAsync(waybill.Backends, settings);

    public async Task StopIntakeAsync() => await PressedAsync("stop");

    public async Task StartIntakeAsync()
    {
        await PressedAsync("start");
        await waybill.HealthyAsync("intake");
    }

    /// <summary>A new browser window at the page's address, with no cookies.</summary>
    /// <param name="url">Null for the AppHost's own status service.</param>
    internal Task<Visitor> VisitAsync(BrowserNewContextOptions? options = null, Uri? url = null) =>
        Visitor.ArriveAsync(browser.Browser, url ?? Url, options ?? new BrowserNewContextOptions());

    /// <summary>The same, signed in.</summary>
    internal async Task<Visitor> VisitAsAsync(string key, BrowserNewContextOptions? options = null)
    {
        var visitor = await VisitAsync(options);
        await visitor.SignInAsync(key);
        return visitor;
    }

    private async Task PressedAsync(string command)
    {
        var outcome = await waybill.PressAsync("intake", command);
        Assert.True(outcome.Success, outcome.Message);
    }
}
