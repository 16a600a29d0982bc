using System.ComponentModel.DataAnnotations;

namespace Waybill.IntakeService.Redeliveries;

/// <summary>How bulk redeliveries are worked on.</summary>
public sealed class RedeliveryOptions
{
    public const string SectionName = "Redeliveries";

    /// <summary>Seconds between looks for jobs that nobody works on; each is half a read unit, 1,200 an hour by default.</summary>
    [Range(0.05, 60)]
    public double PollSeconds { get; set; } = 3;

    /// <summary>Jobs that one process works on at the same time; others wait for it or for another process.</summary>
    [Range(1, 100)]
    public int JobsAtOnce { get; set; } = 4;

    /// <summary>
    /// Seconds after which another process may take over a job whose process no longer notes how far it is. It does so about
    /// once a second.
    /// </summary>
    [Range(1, 600)]
    public double LeaseSeconds { get; set; } = 30;
}
