using System.ComponentModel.DataAnnotations;

namespace Waybill.StatusService.Queries.Summary;

public sealed class SummaryOptions
{
    public const string SectionName = "Summary";

    /// <summary>Notifications read for one summary, about; it is of the newest when there are more.</summary>
    [Range(100, 1_000_000)]
    public int MaxRecords { get; set; } = 10_000;

    /// <summary>Seconds for which a summary is given again to those who may see the same, so that pages that refresh do not load the table.</summary>
    [Range(0, 300)]
    public double KeepSeconds { get; set; } = 5;
}
