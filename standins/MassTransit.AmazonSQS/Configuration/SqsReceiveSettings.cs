namespace MassTransit.AmazonSqsTransport.Configuration;

internal sealed class SqsReceiveSettings(string queueName)
{
    internal const int ShortestRenewalLimit = 60;
    internal static readonly TimeSpan DefaultVisibility = TimeSpan.FromSeconds(30);

    /// <summary>SQS allows no more, counted from the moment of the receive.</summary>
    internal static readonly TimeSpan LongestVisibility = TimeSpan.FromHours(12);

    public string QueueName => queueName;

    public Dictionary<string, object> QueueAttributes { get; } = [];

    public Dictionary<string, string> QueueTags { get; } = [];

    public int WaitTimeSeconds { get; set; } = 3;

    public int RedeliverVisibilityTimeout { get; set; } = 1;

    public TimeSpan MaxVisibilityTimeout { get; set; } = LongestVisibility;

    public int MaxVisibilityTimeoutRenewal { get; set; } = ShortestRenewalLimit;
}
