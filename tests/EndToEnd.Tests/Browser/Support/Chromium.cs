using Microsoft.Playwright;

namespace Waybill.EndToEnd.Tests.Browser.Support;

/// <summary>The browser: Chromium as the system's package manager installs it, without a window and without a life of its own.</summary>
internal static class Chromium
{
    private static readonly string[] UsualPaths =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];

    /// <summary>Null where there is none.</summary>
    public static string? Path { get; } =
        Environment.GetEnvironmentVariable("CHROMIUM_PATH") is { Length: > 0 } path ? path : UsualPaths.FirstOrDefault(File.Exists);

    /// <summary>Each start has a new, empty profile, and asks nothing of any other machine.</summary>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Path,
        Args =
        [
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync",
        ],
    });
}
