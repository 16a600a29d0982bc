using System.Text;

namespace Waybill.DeliveryWorker.Egress;

/// <summary>
/// Whether a connection outlasts an answer of HTTP/1.0: only where it says <c>Connection: keep-alive</c> (RFC 9112, 9.3). The platform takes
/// 1.0 for 1.1. Of answers of another version no more than the first bytes are looked at; what they say of the connection the platform heeds.
/// </summary>
internal sealed class ResponseVersion
{
    /// <summary>No line that matters is longer; of others no more is kept, however a receiver drips them.</summary>
    private const int LongestLine = 256;

    private readonly StringBuilder _line = new();
    private int _matched;
    private bool _isRead;

    /// <summary>Of the last answer, as far as it was read.</summary>
    public bool Persists { get; private set; } = true;

    private static ReadOnlySpan<byte> Old => "HTTP/1.0"u8;

    /// <summary>The next answer begins.</summary>
    public void Reset()
    {
        _matched = 0;
        _isRead = false;
        _line.Clear();
    }

    public void Read(ReadOnlySpan<byte> bytes)
    {
        for (; !_isRead && _matched < Old.Length && !bytes.IsEmpty; bytes = bytes[1..])
        {
            _isRead = bytes[0] != Old[_matched];
            _matched++;
        }

        if (!_isRead && _matched == Old.Length)
        {
            Persists = false;
            ReadHead(bytes);
        }
    }

    private void ReadHead(ReadOnlySpan<byte> bytes)
    {
        for (; !_isRead && !bytes.IsEmpty; bytes = bytes[1..])
        {
            if (bytes[0] == '\n')
            {
                EndLine();
            }
            else if (bytes[0] != '\r' && _line.Length < LongestLine)
            {
                _line.Append((char)bytes[0]);
            }
        }
    }

    /// <summary>An empty one ends the head; the first is the rest of the status line.</summary>
    private void EndLine()
    {
        _isRead = _line.Length == 0;

        if (!_isRead && _line[0] is ('c' or 'C'))
        {
            Persists |= IsKeepAlive(_line.ToString());
        }

        _line.Clear();
    }

    private static bool IsKeepAlive(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);

        return colon > 0
            && line.AsSpan(0, colon).Equals("Connection", StringComparison.OrdinalIgnoreCase)
            && line[(colon + 1)..].Split(',').Any(option => option.Trim().Equals("keep-alive", StringComparison.OrdinalIgnoreCase));
    }
}
