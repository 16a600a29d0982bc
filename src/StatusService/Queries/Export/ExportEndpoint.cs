using System.Globalization;
using System.Security.Claims;
using Waybill.Notifications.Records;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Description;
using Waybill.ServiceDefaults.Problems;
using Waybill.StatusService.Counters;
using Waybill.StatusService.Problems;
using Waybill.StatusService.Queries.Listing;
using Waybill.StatusService.Store.Recent;

namespace Waybill.StatusService.Queries.Export;

/// <summary>A list as one stream, however long it is.</summary>
internal static class ExportEndpoint
{
    /// <summary>How many notifications the window has, about, by the counters; for a client's progress.</summary>
    private const string EstimateHeader = "Waybill-Accepted-Estimate";

    public static void MapExport(this WebApplication app) =>
        app.MapGet("/v1/notifications/export", Export)
            .RequireClientKey()
            .AddEndpointFilter(app.Services.GetRequiredService<ExportPlaces>())
            .AddEndpointFilter<TableUnavailableFilter>()
            .WithTags("Notifications")
            .WithName("ExportNotifications")
            .WithSummary("All notifications that the filters take, as one stream: NDJSON as in the list, or CSV.")
            .WithDescription(
                "In the order of the list. An answer that breaks off, without the last chunk of its encoding, is not complete. One that is stored but cannot be read is a line too, which says why. "
                + $"The header {EstimateHeader} tells about how many there are, where nothing but an owner and a window of time was asked for.")
            .Produces<string>(StatusCodes.Status200OK, "application/x-ndjson", "text/csv")
            .WithResponseExample(StatusCodes.Status200OK, "application/x-ndjson", string.Concat(NotificationExample.View.Split('\n').Select(line => line.Trim())) + "\n")
            .WithResponseExample(StatusCodes.Status200OK, "text/csv", "id,owner,status\r\nntf_01m7x9p2bd2cyevzwenvjnwmfr,alice,SUCCESS\r\n")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithExportParameters();

    private static async Task<IResult> Export(
        HttpContext http,
        ClaimsPrincipal caller,
        RecordWalks walks,
        WindowCounts counts,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var reader = new ListQueryReader(http.Request.Query, ListParameters.ExportNames, caller.VisibleOwner(), now);
        var format = reader.Format();

        if (reader.ReadWithoutEnd() is not { } filter)
        {
            return Problem.Validation(reader.Errors);
        }

        var first = await walks.WalkAsync(filter, filter.Start(now), ExportResult.WalkSize, cancellationToken);

        if (!filter.IsNarrow && filter.To - filter.From <= CounterPeriod.Hour.Kept)
        {
            var accepted = (await counts.ReadAsync(filter.Owner, filter.From, filter.To, cancellationToken)).Total.Accepted;
            http.Response.Headers[EstimateHeader] = accepted.ToString(CultureInfo.InvariantCulture);
        }

        return new ExportResult(filter, first, format, caller);
    }
}
