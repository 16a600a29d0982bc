using System.Collections.Concurrent;

namespace Waybill.LightBackend.Sqs;

internal sealed class QueueDirectory
{
    private readonly ConcurrentDictionary<string, LightQueue> _queues = new(StringComparer.Ordinal);

    public LightQueue? Find(string name) => _queues.GetValueOrDefault(name);

    /// <summary>By its URL, whose last part is its name.</summary>
    /// <exception cref="AwsError">There is none.</exception>
    public LightQueue ByUrl(string url) => ByName(url[(url.LastIndexOf('/') + 1)..]);

    public LightQueue ByName(string name) =>
        Find(name) ?? throw new AwsError("com.amazonaws.sqs#QueueDoesNotExist", "The specified queue does not exist.");

    public LightQueue Create(string name, IReadOnlyDictionary<string, string> attributes) =>
        _queues.GetOrAdd(name, _ => new LightQueue(name, attributes, Find));
}
