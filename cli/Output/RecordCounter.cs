using Waybill.Client;

namespace Waybill.Cli.Output;

/// <summary>Counts the notifications in the bytes of an export, which come in pieces of any size.</summary>
internal sealed class RecordCounter(ExportFormat format)
{
    private long _lines;
    private bool _isQuoted;

    public long Records => format == ExportFormat.Csv ? Math.Max(0, _lines - 1) : _lines;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (format == ExportFormat.Csv)
        {
            AddCsv(bytes);
        }
        else
        {
            _lines += bytes.Count((byte)'\n');
        }
    }

    /// <summary>Between quotes a line break belongs to a value. A quote in a value is written twice, which leaves it as it was.</summary>
    private void AddCsv(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOfAny((byte)'"', (byte)'\n') is var index and >= 0)
        {
            if (bytes[index] == '"')
            {
                _isQuoted = !_isQuoted;
            }
            else if (!_isQuoted)
            {
                _lines++;
            }

            bytes = bytes[(index + 1)..];
        }
    }
}
