namespace Waybill.LocalAws;

/// <summary>The last lines a process printed, for the message when it fails, and for tests that wait for one: stack traces of an outage must not push it out.</summary>
internal sealed class RecentLines
{
    private const int Kept = 5_000;

    private readonly Queue<string> _lines = new();

    public void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lines)
        {
            _lines.Enqueue(line);

            if (_lines.Count > Kept)
            {
                _lines.Dequeue();
            }
        }
    }

    public bool Any(Func<string, bool> predicate)
    {
        lock (_lines)
        {
            return _lines.Any(predicate);
        }
    }

    public override string ToString()
    {
        lock (_lines)
        {
            return _lines.Count == 0 ? "(it printed nothing)" : string.Join(Environment.NewLine, _lines);
        }
    }
}
