using System.ComponentModel.DataAnnotations;
using Waybill.Notifications.Queue;

namespace Waybill.DeliveryWorker.Delivery;

/// <summary>How the worker takes and makes deliveries.</summary>
public sealed class DeliveryOptions
{
    public const string SectionName = "Delivery";

    /// <summary>The SQS queue, which must exist.</summary>
    [Required]
    [RegularExpression("^[A-Za-z0-9_-]{1,80}$", ErrorMessage = "Delivery:QueueName must be the name of a standard SQS queue, not its URL.")]
    public string QueueName { get; set; } = QueueDefinition.DefaultName;

    /// <summary>Calls at a time from this process; 1–1,000. As many more notifications may be claimed and wait for their host's turn, and eight times as many in line before that.</summary>
    [Range(1, 1000)]
    public int Concurrency { get; set; } = 64;

    /// <summary>
    /// How long a stop waits for deliveries in hand, in seconds; 1–110. Below 40 s a slow receiver's delivery may be cut
    /// off and be made again. The platform must grant more before it kills the process.
    /// </summary>
    [Range(1, 110)]
    public int DrainSeconds { get; set; } = 45;

    /// <summary>Whether receivers get a <c>traceparent</c> header of the attempt's span. It tells them of our tracing, so: default false.</summary>
    public bool SendTraceparent { get; set; }
}
