using System.Text.RegularExpressions;

namespace MassTransit.AmazonSqsTransport.Configuration;

/// <summary>Addresses of queues: <c>amazonsqs://region/name</c>, and <c>queue:name</c> as the short form of it.</summary>
internal static partial class SqsAddress
{
    internal const string Scheme = "amazonsqs";

    internal static Uri Of(Uri host, string queueName) => new(host, queueName);

    internal static Uri Normalize(Uri host, Uri address)
    {
        var queueName = address.Scheme switch
        {
            Scheme => address.AbsolutePath.TrimStart('/'),
            "queue" => address.AbsolutePath,
            _ => throw new ArgumentException($"The address scheme is not supported: {address.Scheme}", nameof(address)),
        };

        return IsQueueName(queueName)
            ? Of(host, queueName)
            : throw new AmazonSqsTransportConfigurationException(
                $"Not a queue name (1 to 80 letters, digits, hyphens, underscores, periods, colons): {queueName}");
    }

    internal static string QueueName(Uri address) => address.AbsolutePath.TrimStart('/');

    internal static bool IsQueueName(string name) => QueueNamePattern().IsMatch(name);

    [GeneratedRegex(@"\A[A-Za-z0-9_.:-]{1,80}\z")]
    private static partial Regex QueueNamePattern();
}
