using Microsoft.Playwright;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Browser.Support;

/// <summary>The pictures of the documents, made anew where <c>WAYBILL_SCREENSHOTS</c> is set; elsewhere nothing is written.</summary>
internal static class Screenshots
{
    private static readonly bool Wanted = Environment.GetEnvironmentVariable("WAYBILL_SCREENSHOTS") is { Length: > 0 };

    /// <param name="name">Of the file in docs/images, without .png.</param>
    public static async Task TakeAsync(IPage page, string name, bool whole = false)
    {
        if (Wanted)
        {
            var path = Path.Combine(Repository.Root, "docs", "images", $"{name}.png");
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = whole, Animations = ScreenshotAnimations.Disabled });
        }
    }
}
