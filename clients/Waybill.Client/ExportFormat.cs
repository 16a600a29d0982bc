namespace Waybill.Client;

/// <summary>In what an export comes.</summary>
public enum ExportFormat
{
    /// <summary>A notification a line, in JSON, as a list has it.</summary>
    Ndjson,

    /// <summary>RFC 4180, with a header line.</summary>
    Csv,
}

internal static class ExportFormats
{
    public static string Text(this ExportFormat format) => format == ExportFormat.Csv ? "csv" : "ndjson";

    public static string MediaType(this ExportFormat format) => format == ExportFormat.Csv ? "text/csv" : "application/x-ndjson";
}
