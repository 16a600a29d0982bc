using Microsoft.Playwright;
using Waybill.TestSupport.Systems;

namespace Waybill.EndToEnd.Tests.Browser.Support;

/// <summary>All of Waybill with one worker, a receiver that fails as it is told, and a browser; each test has notifications of its own.</summary>
public sealed class PageFixture : IAsyncLifetime
{
    public const string TraceUrl = "http://127.0.0.1:18888/traces/detail/{traceId}";

    private IPlaywright? _playwright;

    public WaybillSystem System { get; private set; } = null!;

    public ScriptedReceiver Receiver { get; private set; } = null!;

    public IBrowser Browser { get; private set; } = null!;

    public Uri Url => System.Status.PublicUrl;

    /// <summary>Posts in Alice's name.</summary>
    internal Poster Alice => new(System.Intake.Url, TestSupport.TestKeys.Alice);

    internal Poster Bob => new(System.Intake.Url, TestSupport.TestKeys.Bob);

    public async Task InitializeAsync()
    {
        if (Chromium.Path is null)
        {
            return;
        }

        Receiver = await ScriptedReceiver.StartAsync();
        System = await WaybillSystem.StartAsync(workers: 1, ("Page__TraceUrl", TraceUrl));
        _playwright = await Playwright.CreateAsync();
        Browser = await Chromium.LaunchAsync(_playwright);
    }

    /// <summary>A new browser window at the page's address, with no cookies.</summary>
    /// <param name="url">Null for the fixture's own status service.</param>
    internal Task<Visitor> VisitAsync(BrowserNewContextOptions? options = null, Uri? url = null) =>
        Visitor.ArriveAsync(Browser, url ?? Url, options ?? new BrowserNewContextOptions());

    /// <summary>The same, signed in.</summary>
    internal async Task<Visitor> VisitAsAsync(string key, BrowserNewContextOptions? options = null)
    {
        var visitor = await VisitAsync(options);
        await visitor.SignInAsync(key);
        return visitor;
    }

    public async Task DisposeAsync()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }

        _playwright?.Dispose();

        foreach (var part in new IAsyncDisposable?[] { System, Receiver })
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }
    }
}

[CollectionDefinition(Name)]
public sealed class PageCollection : ICollectionFixture<PageFixture>
{
    public const string Name = "One system with its page";
}
