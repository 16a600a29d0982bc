using System.Buffers;
using System.Globalization;
using Waybill.Notifications.Json;
using Waybill.Notifications.Records;
using Waybill.StatusService.Store.Items;

namespace Waybill.StatusService.Queries.Export;

/// <summary>Rows for a spreadsheet, as in RFC 4180: a header, and then a notification each.</summary>
internal sealed class CsvFormat() : ExportFormat("csv", "text/csv; charset=utf-8")
{
    private const string LineEnd = "\r\n";

    private static readonly (string Name, Func<NotificationView, string?> Of)[] Columns =
    [
        ("id", one => one.Id),
        ("owner", one => one.Owner),
        ("status", one => one.Status.Text()),
        ("final", one => one.IsFinal ? "true" : "false"),
        ("category", one => one.DeliveryResult?.Category.Text()),
        ("statusCode", one => one.DeliveryResult?.StatusCode?.ToString(CultureInfo.InvariantCulture)),
        ("errorCode", one => one.DeliveryResult?.ErrorDetails?.Code),
        ("host", one => UrlHost.Of(one.Url)),
        ("method", one => one.Method),
        ("url", one => one.Url),
        ("correlationId", one => one.CorrelationId),
        ("attempts", one => one.Attempts.ToString(CultureInfo.InvariantCulture)),
        ("createdAt", one => Rfc3339.Text(one.CreatedAt)),
        ("deliveredAt", one => one.DeliveredAt is { } time ? Rfc3339.Text(time) : null),
        ("lastUpdatedAt", one => Rfc3339.Text(one.LastUpdatedAt)),
        ("unreadable", _ => null),
    ];

    public override void Begin(IBufferWriter<byte> output) => Write(output, string.Join(',', Columns.Select(column => column.Name)) + LineEnd);

    public override void Write(IBufferWriter<byte> output, NotificationView notification) =>
        Write(output, string.Join(',', Columns.Select(column => Field(column.Of(notification)))) + LineEnd);

    public override void Write(IBufferWriter<byte> output, UnreadableView unreadable) =>
        Write(output, Field(unreadable.Id) + new string(',', Columns.Length - 1) + Field(unreadable.Reason) + LineEnd);

    /// <summary>
    /// What a client chose must not run as a formula in the spreadsheet of who opens it: such a text begins with an apostrophe. NDJSON has it as it is.
    /// </summary>
    private static string Field(string? text)
    {
        var safe = text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text ?? "";
        return safe.AsSpan().IndexOfAny("\",\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
