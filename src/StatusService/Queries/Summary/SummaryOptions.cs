using System.ComponentModel.DataAnnotations;

namespace Waybill.StatusService.Queries.Summary;

public sealed class SummaryOptions
{
    public const string SectionName = "Summary";

    /// <summary>
    /// Seconds for which a summary is given again to those who may see the same, so that pages that refresh do not load the table; longer where it took
    /// much to read. 0: none is kept.
    /// </summary>
    [Range(0, 300)]
    public double KeepSeconds { get; set; } = 5;
}
