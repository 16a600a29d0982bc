using System.Security.Claims;
using Waybill.Notifications.Records;
using Waybill.StatusService.Store.Recent;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Queries.Export;

/// <summary>
/// Writes all that a filter takes, one walk after the other, as fast as the client reads it; no more than one walk is in memory. Where the table does not answer for a
/// while, or the service ends, the connection breaks off before the end of the answer, which tells the client that it has not all of it.
/// </summary>
internal sealed partial class ExportResult(RecordFilter filter, RecordWalk first, ExportFormat format, ClaimsPrincipal caller) : IResult
{
    /// <summary>Read ahead of the client, in notifications.</summary>
    public const int WalkSize = 400;

    /// <summary>How often a walk that fails is tried, a second apart, before the export is given up.</summary>
    private const int Tries = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var services = httpContext.RequestServices;
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);

        response.ContentType = format.ContentType;
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = $"attachment; filename=\"notifications.{format.Name}\"";

        try
        {
            await WriteAsync(response, services, ends.Token);
        }
        catch (Exception exception) when (exception is TableUnavailableException or OperationCanceledException)
        {
            Log.BreaksOff(services.GetRequiredService<ILogger<ExportResult>>(), exception.Message);
            httpContext.Abort();
        }
    }

    private async Task WriteAsync(HttpResponse response, IServiceProvider services, CancellationToken cancellationToken)
    {
        var walks = services.GetRequiredService<RecordWalks>();
        var time = services.GetRequiredService<TimeProvider>();
        var output = response.BodyWriter;

        format.Begin(output);

        for (var walk = first; ; walk = await NextAsync(walks, walk.End!, time, cancellationToken))
        {
            foreach (var record in walk.Records)
            {
                format.Write(output, NotificationView.Of(record));
            }

            foreach (var trouble in walk.Unreadable.Where(trouble => filter.MayBeOf(trouble.Owner) && UnreadableView.MaySee(caller, trouble)))
            {
                format.Write(output, UnreadableView.Of(trouble));
            }

            await output.FlushAsync(cancellationToken);

            if (walk.End is null)
            {
                return;
            }
        }
    }

    private async Task<RecordWalk> NextAsync(RecordWalks walks, WalkCursor cursor, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var number = 1; ; number++)
        {
            try
            {
                return await walks.WalkAsync(filter, cursor, WalkSize, cancellationToken);
            }
            catch (TableUnavailableException) when (number < Tries)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "An export breaks off before its end. {Reason}")]
        public static partial void BreaksOff(ILogger logger, string reason);
    }
}
