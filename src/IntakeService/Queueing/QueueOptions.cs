using System.ComponentModel.DataAnnotations;
using Waybill.Notifications.Queue;

namespace Waybill.IntakeService.Queueing;

/// <summary>The queue that notifications are sent to. Endpoint, region and credentials are the AWS SDK's own settings.</summary>
public sealed class QueueOptions
{
    public const string SectionName = "Queue";

    /// <summary>Name of the SQS queue, which must exist.</summary>
    [Required]
    [RegularExpression("^[A-Za-z0-9_-]{1,80}$", ErrorMessage = "Queue:QueueName must be 1–80 letters, digits, '-' or '_', as SQS allows.")]
    public string QueueName { get; set; } = QueueDefinition.DefaultName;

    /// <summary>Longest wait for one send, in seconds; after it the queue may or may not have the message.</summary>
    [Range(0.1, 30)]
    public double SendTimeoutSeconds { get; set; } = 5;

    /// <summary>Seconds between two looks at the queue's depth, for the metrics; each is two SQS requests, 240 an hour by default.</summary>
    [Range(1, 3600)]
    public int DepthPollSeconds { get; set; } = 30;
}
