using System.Globalization;
using Amazon.SQS.Model;

namespace MassTransit.AmazonSqsTransport.Queues;

/// <summary>What SQS said of each entry of a batch, whose ids are their positions.</summary>
internal sealed class BatchOutcome(IEnumerable<string>? successful, IEnumerable<BatchResultErrorEntry>? failed)
{
    private readonly HashSet<string> _successful = [.. successful ?? []];
    private readonly Dictionary<string, BatchResultErrorEntry> _failed = (failed ?? []).ToDictionary(entry => entry.Id);

    /// <returns>Null when the entry succeeded.</returns>
    public AmazonSqsTransportException? ErrorOf(int index)
    {
        var id = index.ToString(CultureInfo.InvariantCulture);

        if (_failed.TryGetValue(id, out var error))
        {
            return new AmazonSqsTransportException($"Send failed: {error.Code}-{error.Message}");
        }

        return _successful.Contains(id) ? null : new AmazonSqsTransportException($"Send failed: no answer for entry {id}");
    }
}
