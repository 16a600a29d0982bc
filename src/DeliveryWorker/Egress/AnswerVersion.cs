using System.Text;

namespace Waybill.DeliveryWorker.Egress;

/// <summary>
/// Whether a connection outlasts an answer of HTTP/1.0: only where it says <c>Connection: keep-alive</c> (RFC 9112, 9.3). The platform takes
/// 1.0 for 1.1. Of answers of another version no more than the first bytes are looked at; what they say of the connection the platform heeds.
/// </summary>
internal sealed class AnswerVersion
{
    private const int LongestHead = GuardedHandler.MaxResponseHeadKilobytes * 1024;

    private readonly StringBuilder _head = new();
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
        _head.Clear();
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
        _head.Append(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, LongestHead)]));
        var lines = _head.ToString().Split('\n');
        var end = Array.FindIndex(lines, 1, line => line.Trim('\r').Length == 0);

        if (end > 0 && end < lines.Length - 1 || _head.Length >= LongestHead)
        {
            Persists = end > 0 && lines[1..end].Any(IsKeepAlive);
            _isRead = true;
            _head.Clear();
        }
    }

    private static bool IsKeepAlive(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);

        return colon > 0
            && line.AsSpan(0, colon).Equals("Connection", StringComparison.OrdinalIgnoreCase)
            && line[(colon + 1)..].Split(',').Any(option => option.Trim().Equals("keep-alive", StringComparison.OrdinalIgnoreCase));
    }
}
