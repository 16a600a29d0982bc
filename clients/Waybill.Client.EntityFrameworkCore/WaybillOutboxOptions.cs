namespace Waybill.Client.EntityFrameworkCore;

/// <summary>How the relay works. From configuration it is the section <see cref="SectionName"/>.</summary>
public sealed class WaybillOutboxOptions
{
    public const string SectionName = "Waybill:Outbox";

    /// <summary>How often it looks for rows that no <c>SaveChanges</c> of this process has told it of; 50 milliseconds to 1 hour. 1 second unless given.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a row is its relay's alone. When a process dies, what it had in hand waits that long. Clocks of processes that share a table may differ by less than that. 10 seconds to 1 hour; 1
    /// minute unless given.
    /// </summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The most rows that are sent in one call; 1 to 100. 100 unless given.</summary>
    public int BatchSize { get; set; } = 100;

    /// <summary>How many batches this process has under way at the same time; 1 to 16. 1 unless given.</summary>
    public int Senders { get; set; } = 1;

    /// <summary>The longest pause before something is tried again that failed, unless Waybill asks for a longer one; 1 second to 1 hour. 30 seconds unless given.</summary>
    public TimeSpan MaxPause { get; set; } = TimeSpan.FromSeconds(30);
}
