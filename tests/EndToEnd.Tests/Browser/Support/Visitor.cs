using System.Collections.Concurrent;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Browser.Support;

/// <summary>
/// A person at the page, in a browser window of their own. Notes what must never happen: an error in the console, which is
/// where broken rules of the Content-Security-Policy show, and a request to anywhere else.
/// </summary>
internal sealed class Visitor : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly IBrowserContext _context;
    private readonly Uri _url;

    private Visitor(IBrowserContext context, IPage page, Uri url)
    {
        _context = context;
        _url = url;
        Page = page;

        page.PageError += (_, error) => _faults.Enqueue($"error: {error}");
        page.Console += (_, message) => NoteConsole(message);
        page.Request += (_, request) => NoteRequest(request.Url);
    }

    public IPage Page { get; }

    /// <summary>Console messages with this in them are what the test wants, such as a refusal's status.</summary>
    public string? Expected { get; set; }

    public static async Task<Visitor> ArriveAsync(IBrowser browser, Uri url, BrowserNewContextOptions options)
    {
        options.BaseURL = url.ToString();
        options.Locale = "en-GB";
        options.TimezoneId = "UTC";
        options.ReducedMotion = ReducedMotion.Reduce;

        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout((float)Eventually.Deadline.TotalMilliseconds);

        var visitor = new Visitor(context, await context.NewPageAsync(), url);
        await visitor.Page.GotoAsync("/");
        return visitor;
    }

    public async Task SignInAsync(string key)
    {
        await Page.GetByLabel("API key").FillAsync(key);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();
    }

    public async Task OpenAsync(string path, string heading)
    {
        await Page.GotoAsync(path);
        await HeadingAsync(heading);
    }

    public Task HeadingAsync(string text) => Page.GetByRole(AriaRole.Heading, new() { Name = text }).First.WaitForAsync();

    /// <summary>Within the view: what is announced to those who listen stands outside of it once more.</summary>
    public ILocator Text(string text) => Page.Locator("#main").GetByText(text);

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Tab until it has the focus.</summary>
    public async Task TabToAsync(ILocator target)
    {
        for (var tabs = 0; tabs < 60; tabs++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }

            await Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{target} cannot be reached by keyboard.");
    }

    /// <summary>Tab until it has the focus, then Enter.</summary>
    public async Task PressAsync(ILocator target)
    {
        await TabToAsync(target);
        await Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Nothing sticks out to the side.</summary>
    public async Task FitsAsync()
    {
        var tooWide = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(tooWide <= 0, $"{Page.Url} is {tooWide} px too wide.");
    }

    /// <summary>The rules of axe-core, for people who cannot see or use a mouse.</summary>
    public async Task IsAccessibleAsync()
    {
        var result = await Page.RunAxe();
        var violations = result.Violations.Select(rule => $"{rule.Id}: {rule.Help} {string.Join("; ", rule.Nodes.Select(node => node.Html))}");

        Assert.Empty(violations);
    }

    public void HasNoFaults() => Assert.Empty(_faults);

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private void NoteConsole(IConsoleMessage message)
    {
        if (message.Type is "error" or "warning" && (Expected is null || !message.Text.Contains(Expected, StringComparison.Ordinal)))
        {
            _faults.Enqueue($"console: {message.Text}");
        }
    }

    private void NoteRequest(string url)
    {
        if (!url.StartsWith(_url.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal))
        {
            _faults.Enqueue($"request: {url}");
        }
    }
}
