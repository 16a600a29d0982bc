using System.Text;

namespace Aspire.Hosting.Dashboard;

/// <summary>The few wire forms of Protocol Buffers that the resource service sends.</summary>
internal sealed class ProtobufWriter
{
    private const int Varint = 0;
    private const int LengthDelimited = 2;

    private readonly MemoryStream _bytes = new();

    public byte[] ToArray() => _bytes.ToArray();

    public ProtobufWriter Number(int field, long value)
    {
        WriteTag(field, Varint);
        WriteVarint((ulong)value);
        return this;
    }

    public ProtobufWriter Flag(int field, bool value) => Number(field, value ? 1 : 0);

    /// <summary>Null: the field is left out.</summary>
    public ProtobufWriter Text(int field, string? value) => value is null ? this : Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtobufWriter Message(int field, ProtobufWriter message) => Bytes(field, message.ToArray());

    /// <summary>google.protobuf.Timestamp; null: the field is left out.</summary>
    public ProtobufWriter Time(int field, DateTime? utc)
    {
        if (utc is not { } time)
        {
            return this;
        }

        var sinceEpoch = time - DateTime.UnixEpoch;
        var seconds = sinceEpoch.Ticks / TimeSpan.TicksPerSecond;
        var nanoseconds = sinceEpoch.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick;
        return Message(field, new ProtobufWriter().Number(1, seconds).Number(2, nanoseconds));
    }

    private ProtobufWriter Bytes(int field, byte[] value)
    {
        WriteTag(field, LengthDelimited);
        WriteVarint((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    private void WriteTag(int field, int wireType) => WriteVarint((ulong)((field << 3) | wireType));

    private void WriteVarint(ulong value)
    {
        while (value >= 0x80)
        {
            _bytes.WriteByte((byte)(value | 0x80));
            value >>= 7;
        }

        _bytes.WriteByte((byte)value);
    }
}
