namespace Waybill.Notifications.Reading;

/// <summary>Every field that is wrong, by its path (<c>headers.X-Foo</c>, <c>retrySchedule[3]</c>), with what is allowed.</summary>
public sealed class FieldErrors
{
    /// <summary>The path of the whole body.</summary>
    public const string Body = "$";

    /// <summary>Fields listed at most, so that an answer stays small whatever the request holds.</summary>
    private const int MaxFields = 64;

    private const int MaxPathLength = 160;

    private readonly Dictionary<string, List<string>> _messages = new(StringComparer.Ordinal);

    public bool Any => _messages.Count > 0;

    /// <summary>Something is over its size limit: the answer is 413 rather than 400.</summary>
    public bool TooLarge { get; private set; }

    public void Add(string path, string message)
    {
        var key = path.Length <= MaxPathLength ? path : Cut(path) + "…";

        if (_messages.TryGetValue(key, out var messages))
        {
            AddOnce(messages, message);
        }
        else if (_messages.Count < MaxFields)
        {
            _messages.Add(key, [message]);
        }
        else
        {
            _messages.TryAdd(Body, [$"More fields are wrong than the {MaxFields} listed here."]);
        }
    }

    public void AddTooLarge(string path, string message)
    {
        TooLarge = true;
        Add(path, message);
    }

    public IReadOnlyDictionary<string, string[]> ToDictionary() =>
        _messages.ToDictionary(entry => entry.Key, entry => entry.Value.ToArray());

    /// <summary>Never within a character, as half of one is nothing that JSON can be written with.</summary>
    private static string Cut(string path) => path[..(char.IsHighSurrogate(path[MaxPathLength - 1]) ? MaxPathLength - 1 : MaxPathLength)];

    private static void AddOnce(List<string> messages, string message)
    {
        if (!messages.Contains(message))
        {
            messages.Add(message);
        }
    }
}
