using System.Globalization;

namespace Waybill.Notifications.Queue;

/// <summary>
/// The queue and its dead-letter queue: the one definition that local set-up and deployment share.
/// Attribute names are those of the SQS API; times in seconds.
/// </summary>
public static class QueueDefinition
{
    public const string DefaultName = "notifications";
    public const string DeadLetterSuffix = "-dead-letter";

    /// <summary>Longer than the longest lease (35 s), with room for renewals that come late: 60 s.</summary>
    public const int VisibilityTimeoutSeconds = 60;

    /// <summary>Four days. The Dispatcher sends again what the queue forgot.</summary>
    public const int RetentionSeconds = 4 * 24 * 3600;

    /// <summary>Fourteen days, the longest SQS allows.</summary>
    public const int DeadLetterRetentionSeconds = 14 * 24 * 3600;

    /// <summary>Long polling, the longest SQS allows: 20 s.</summary>
    public const int ReceiveWaitSeconds = 20;

    /// <summary>How often a message may be received before it moves to the dead-letter queue.</summary>
    public const int MaxReceiveCount = 5;

    public static string DeadLetterName(string queueName) => queueName + DeadLetterSuffix;

    public static IReadOnlyDictionary<string, string> DeadLetterAttributes { get; } = new Dictionary<string, string>
    {
        ["MessageRetentionPeriod"] = Text(DeadLetterRetentionSeconds),
    };

    public static IReadOnlyDictionary<string, string> Attributes(string deadLetterQueueArn) => new Dictionary<string, string>
    {
        ["VisibilityTimeout"] = Text(VisibilityTimeoutSeconds),
        ["MessageRetentionPeriod"] = Text(RetentionSeconds),
        ["ReceiveMessageWaitTimeSeconds"] = Text(ReceiveWaitSeconds),
        ["RedrivePolicy"] = $$"""{"deadLetterTargetArn":"{{deadLetterQueueArn}}","maxReceiveCount":{{Text(MaxReceiveCount)}}}""",
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
