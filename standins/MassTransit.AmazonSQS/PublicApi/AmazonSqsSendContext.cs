namespace MassTransit;

/// <summary>A payload of the send context: what only SQS knows.</summary>
public interface AmazonSqsSendContext : SendContext
{
    string? GroupId { set; }

    string? DeduplicationId { set; }

    /// <summary>More than 900 is sent as 900, without a word.</summary>
    int? DelaySeconds { set; }
}
