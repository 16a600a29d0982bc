using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The lines of one resource and those who follow them.</summary>
internal sealed class ResourceLog
{
    private const int MaxLines = 10_000;
    private const int MaxBatch = 500;

    private readonly Lock _lock = new();
    private readonly Queue<LogLine> _lines = new();
    private readonly List<Channel<LogLine>> _followers = [];
    private int _count;

    public IReadOnlyList<LogLine> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    public LogLine Add(string text, bool isError)
    {
        lock (_lock)
        {
            var line = new LogLine(++_count, text, isError);
            _lines.Enqueue(line);

            if (_lines.Count > MaxLines)
            {
                _lines.Dequeue();
            }

            _followers.ForEach(follower => follower.Writer.TryWrite(line));
            return line;
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<LogLine>> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateUnbounded<LogLine>();

        lock (_lock)
        {
            _lines.ToList().ForEach(line => channel.Writer.TryWrite(line));
            _followers.Add(channel);
        }

        try
        {
            while (await channel.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return Batch(channel.Reader);
            }
        }
        finally
        {
            lock (_lock)
            {
                _followers.Remove(channel);
            }
        }
    }

    private static List<LogLine> Batch(ChannelReader<LogLine> reader)
    {
        var batch = new List<LogLine>();

        while (batch.Count < MaxBatch && reader.TryRead(out var line))
        {
            batch.Add(line);
        }

        return batch;
    }
}
