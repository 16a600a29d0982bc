using Waybill.StatusService.Page.Actions;
using Waybill.StatusService.Page.Redeliveries;
using Waybill.StatusService.Page.Sessions;

namespace Waybill.StatusService.Page;

internal static class PageExtensions
{
    public static WebApplicationBuilder AddPage(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<PageOptions>()
            .BindConfiguration(PageOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();

        builder.AddSessions();
        return builder;
    }

    /// <summary>The operator page at <c>/</c>, its files, its sessions, and what its buttons do.</summary>
    public static void MapPage(this WebApplication app)
    {
        app.MapAssets();
        app.MapSession();
        app.MapActions();
        app.MapPageRedeliveries();
    }
}
