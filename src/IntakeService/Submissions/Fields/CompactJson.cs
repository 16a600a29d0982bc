using System.Buffers;

namespace Waybill.IntakeService.Submissions.Fields;

/// <summary>Removes the white space between JSON tokens and keeps every other byte: the spelling of numbers, escapes, order and repeats.</summary>
internal static class CompactJson
{
    /// <param name="json">Valid JSON.</param>
    /// <param name="max">Bytes that it may have then.</param>
    /// <returns>Null when it has more, and in either case how many.</returns>
    public static (byte[]? Compact, long Length) Of(in ReadOnlySequence<byte> json, int max)
    {
        var room = json.Length <= max ? json.Length : LengthOf(json);

        if (room > max)
        {
            return (null, room);
        }

        var compact = new byte[room];
        var length = 0;
        var place = new Place();

        foreach (var piece in json)
        {
            foreach (var character in piece.Span)
            {
                if (place.Keeps(character))
                {
                    compact[length++] = character;
                }
            }
        }

        Array.Resize(ref compact, length);
        return (compact, length);
    }

    private static long LengthOf(in ReadOnlySequence<byte> json)
    {
        var length = 0L;
        var place = new Place();

        foreach (var piece in json)
        {
            foreach (var character in piece.Span)
            {
                length += place.Keeps(character) ? 1 : 0;
            }
        }

        return length;
    }

    /// <summary>Whether one is in a text, where white space belongs to it.</summary>
    private struct Place
    {
        private bool _inText;
        private bool _escaped;

        public bool Keeps(byte character)
        {
            if (!_inText && character is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                return false;
            }

            // A quote opens a text, and ends it unless a backslash stands before it.
            _inText = character == '"' && !_escaped ? !_inText : _inText;
            _escaped = _inText && character == '\\' && !_escaped;
            return true;
        }
    }
}
