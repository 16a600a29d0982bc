using System.Buffers.Binary;
using System.Text;

namespace Waybill.EndToEnd.Tests.Telemetry;

/// <summary>The fields of one Protocol Buffers message, by number. A field may be repeated; one that is absent has its default.</summary>
internal sealed class ProtobufMessage
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int LengthDelimited = 2;
    private const int Fixed32 = 5;

    private readonly ILookup<int, (ulong Number, ReadOnlyMemory<byte> Bytes)> _fields;

    public ProtobufMessage(ReadOnlyMemory<byte> bytes) =>
        _fields = Read(bytes).ToLookup(field => field.Number, field => field.Value);

    public IEnumerable<ProtobufMessage> Messages(int field) => _fields[field].Select(value => new ProtobufMessage(value.Bytes));

    public ProtobufMessage Message(int field) => Messages(field).LastOrDefault() ?? new ProtobufMessage(default);

    public bool Has(int field) => _fields.Contains(field);

    public ulong Number(int field) => _fields[field].LastOrDefault().Number;

    public string Text(int field) => Encoding.UTF8.GetString(_fields[field].LastOrDefault().Bytes.Span);

    public string Hex(int field) => Convert.ToHexStringLower(_fields[field].LastOrDefault().Bytes.Span);

    private static List<(int Number, (ulong Number, ReadOnlyMemory<byte> Bytes) Value)> Read(ReadOnlyMemory<byte> bytes)
    {
        var fields = new List<(int, (ulong, ReadOnlyMemory<byte>))>();

        while (!bytes.IsEmpty)
        {
            var tag = ReadVarint(ref bytes);
            fields.Add(((int)(tag >> 3), ReadValue((int)(tag & 7), ref bytes)));
        }

        return fields;
    }

    private static (ulong, ReadOnlyMemory<byte>) ReadValue(int wireType, ref ReadOnlyMemory<byte> bytes) => wireType switch
    {
        Varint => (ReadVarint(ref bytes), default),
        Fixed64 => (BinaryPrimitives.ReadUInt64LittleEndian(Take(8, ref bytes).Span), default),
        LengthDelimited => (0, Take((int)ReadVarint(ref bytes), ref bytes)),
        Fixed32 => (BinaryPrimitives.ReadUInt32LittleEndian(Take(4, ref bytes).Span), default),
        _ => throw new InvalidDataException($"Wire type {wireType} is not in use any more."),
    };

    private static ReadOnlyMemory<byte> Take(int length, ref ReadOnlyMemory<byte> bytes)
    {
        var taken = bytes[..length];
        bytes = bytes[length..];
        return taken;
    }

    private static ulong ReadVarint(ref ReadOnlyMemory<byte> bytes)
    {
        ulong value = 0;

        for (var shift = 0; ; shift += 7)
        {
            var part = Take(1, ref bytes).Span[0];
            value |= (ulong)(part & 0x7f) << shift;

            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
