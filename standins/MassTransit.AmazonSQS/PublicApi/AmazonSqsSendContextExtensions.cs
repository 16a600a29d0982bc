namespace MassTransit;

public static class AmazonSqsSendContextExtensions
{
    public static void SetGroupId(this SendContext context, string groupId) => SqsOf(context).GroupId = groupId;

    /// <returns>False when the message does not go to SQS.</returns>
    public static bool TrySetGroupId(this SendContext context, string groupId)
    {
        if (!context.TryGetPayload(out AmazonSqsSendContext? sqs))
        {
            return false;
        }

        sqs.GroupId = groupId;
        return true;
    }

    public static void SetDeduplicationId(this SendContext context, string deduplicationId)
        => SqsOf(context).DeduplicationId = deduplicationId;

    /// <returns>False when the message does not go to SQS.</returns>
    public static bool TrySetDeduplicationId(this SendContext context, string deduplicationId)
    {
        if (!context.TryGetPayload(out AmazonSqsSendContext? sqs))
        {
            return false;
        }

        sqs.DeduplicationId = deduplicationId;
        return true;
    }

    /// <summary>Whole seconds; the rest is cut off.</summary>
    public static void SetDelay(this SendContext context, TimeSpan delay) => SqsOf(context).DelaySeconds = (int)delay.TotalSeconds;

    /// <inheritdoc cref="SetDelay"/>
    /// <returns>False when the message does not go to SQS.</returns>
    public static bool TrySetDelay(this SendContext context, TimeSpan delay)
    {
        if (!context.TryGetPayload(out AmazonSqsSendContext? sqs))
        {
            return false;
        }

        sqs.DelaySeconds = (int)delay.TotalSeconds;
        return true;
    }

    private static AmazonSqsSendContext SqsOf(SendContext context)
        => context.TryGetPayload(out AmazonSqsSendContext? sqs)
            ? sqs
            : throw new ArgumentException("The AmazonSqsSendContext was not available", nameof(context));
}
