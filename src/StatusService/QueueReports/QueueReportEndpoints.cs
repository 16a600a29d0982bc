using Microsoft.AspNetCore.Http.HttpResults;
using Waybill.Notifications.Json;
using Waybill.Notifications.StatusApi;
using Waybill.ServiceDefaults.Authentication;
using Waybill.StatusService.InternalApi;
using Waybill.StatusService.Page.Sessions;
using Waybill.StatusService.Problems;

namespace Waybill.StatusService.QueueReports;

/// <summary>Reports about the queue: from intake on the internal port, to operators on the page.</summary>
internal static class QueueReportEndpoints
{
    public static void MapQueueReports(this WebApplication app)
    {
        app.MapPut(StatusRoutes.Prefix + StatusRoutes.Queue, Put)
            .RequireInternalKey()
            .AddEndpointFilter<TableUnavailableFilter>()
            .AddEndpointFilter<InternalTroubleFilter>()
            .ExcludeFromDescription();

        app.MapGet("/page/queue", Get)
            .RequireOperatorSession()
            .AddEndpointFilter<TableUnavailableFilter>()
            .AddEndpointFilter<RecordTroubleFilter>()
            .ExcludeFromDescription();
    }

    private static async Task<NoContent> Put(HttpRequest request, QueueReportStore store)
    {
        await store.PutAsync(await Contract.ReadAsync(request, NotificationsJson.Default.QueueReport), CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<QueueReport>, NoContent>> Get(QueueReportStore store, CancellationToken cancellationToken) =>
        await store.GetAsync(cancellationToken) is { } report ? TypedResults.Ok(report) : TypedResults.NoContent();
}
