namespace Waybill.EndToEnd.Tests.Browser.Support;

/// <summary>A test in a browser; skipped, with that reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (Chromium.Path is null)
        {
            Skip = "There is no Chromium: apt-get install chromium, or set CHROMIUM_PATH to one.";
        }
    }
}
