using System.Buffers;
using System.Text.Json;

namespace Waybill.Notifications.Reading;

/// <summary>Collects JSON text in memory that is used again.</summary>
internal sealed class OutlineWriter : IDisposable
{
    /// <summary>More than any field's text can have, also where each character is written as an escape. What is longer is cut, and too long all the same.</summary>
    private const int MaxToken = 32 * 1024;

    private const int FirstBytes = 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int _length;

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_buffer.Length - _length < bytes.Length)
        {
            Grow(bytes.Length);
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>The name or text at which the reader is, with its escapes.</summary>
    public void WriteText(ref Utf8JsonReader reader)
    {
        Write("\""u8);

        if (!reader.HasValueSequence)
        {
            WriteCut(reader.ValueSpan);
        }
        else if (reader.ValueSequence.Length <= MaxToken)
        {
            Write(reader.ValueSequence);
        }
        else
        {
            WriteCut(reader.ValueSequence.Slice(0, MaxToken).ToArray());
        }

        Write("\""u8);
    }

    public void WriteNumber(ref Utf8JsonReader reader)
    {
        if (!reader.HasValueSequence && reader.ValueSpan.Length <= MaxToken)
        {
            Write(reader.ValueSpan);
        }
        else if (reader.HasValueSequence && reader.ValueSequence.Length <= MaxToken)
        {
            Write(reader.ValueSequence);
        }
        else
        {
            // No field takes a number with so many digits, nor this one.
            Write("0.5"u8);
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    private void Write(in ReadOnlySequence<byte> bytes)
    {
        foreach (var piece in bytes)
        {
            Write(piece.Span);
        }
    }

    /// <summary>As much as ends with a whole character.</summary>
    private void WriteCut(ReadOnlySpan<byte> text)
    {
        if (text.Length < MaxToken)
        {
            Write(text);
            return;
        }

        var end = 0;

        for (var next = CharacterBytes(text); end + next <= MaxToken - 1; next = CharacterBytes(text[end..]))
        {
            end += next;
        }

        Write(text[..end]);
    }

    private static int CharacterBytes(ReadOnlySpan<byte> text) => text switch
    {
        // Two escapes for one character; JSON may also hold the first without the second.
        [(byte)'\\', (byte)'u', (byte)'d' or (byte)'D', (byte)'8' or (byte)'9' or (byte)'a' or (byte)'b' or (byte)'A' or (byte)'B', _, _, (byte)'\\', (byte)'u', ..] => 12,
        [(byte)'\\', (byte)'u', ..] => 6,
        [(byte)'\\', ..] => 2,
        [< 0x80, ..] => 1,
        [< 0xE0, ..] => 2,
        [< 0xF0, ..] => 3,
        _ => 4,
    };

    private void Grow(int more)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + more));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
