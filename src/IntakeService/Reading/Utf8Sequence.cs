using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Waybill.IntakeService.Reading;

/// <summary><see cref="Utf8.IsValid"/> for bytes that lie in several pieces, between which a character may be cut.</summary>
internal static class Utf8Sequence
{
    private const int LongestCharacter = 4;

    public static bool IsValid(in ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsSingleSegment)
        {
            return Utf8.IsValid(bytes.FirstSpan);
        }

        Span<byte> cut = stackalloc byte[LongestCharacter];
        var begun = 0;

        foreach (var piece in bytes)
        {
            var rest = piece.Span;

            while (begun > 0 && !rest.IsEmpty)
            {
                cut[begun++] = rest[0];
                rest = rest[1..];

                switch (Rune.DecodeFromUtf8(cut[..begun], out _, out _))
                {
                    case OperationStatus.Done:
                        begun = 0;
                        break;

                    case OperationStatus.InvalidData:
                        return false;
                }
            }

            if (rest.IsEmpty)
            {
                continue;
            }

            begun = Rune.DecodeLastFromUtf8(rest, out _, out var last) == OperationStatus.NeedMoreData ? last : 0;
            rest[^begun..].CopyTo(cut);

            if (!Utf8.IsValid(rest[..^begun]))
            {
                return false;
            }
        }

        return begun == 0;
    }
}
