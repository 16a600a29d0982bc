using System.Text;

namespace Aspire.Hosting.Dashboard;

/// <summary>The few wire forms of Protocol Buffers that the resource service receives: texts and flags.</summary>
internal sealed class ProtobufReader
{
    private readonly Dictionary<int, string> _texts = [];
    private readonly Dictionary<int, ulong> _numbers = [];
    private readonly byte[] _bytes;
    private int _position;

    public ProtobufReader(byte[] bytes)
    {
        _bytes = bytes;

        while (_position < _bytes.Length)
        {
            ReadField();
        }
    }

    public string Text(int field) => _texts.GetValueOrDefault(field, "");

    public bool Flag(int field) => _numbers.GetValueOrDefault(field) != 0;

    private void ReadField()
    {
        var tag = ReadVarint();
        var field = (int)(tag >> 3);

        switch (tag & 7)
        {
            case 0:
                _numbers[field] = ReadVarint();
                break;

            case 1:
                _position += 8;
                break;

            case 2:
                var length = (int)ReadVarint();
                _texts[field] = Encoding.UTF8.GetString(_bytes, _position, length);
                _position += length;
                break;

            case 5:
                _position += 4;
                break;

            default:
                throw new InvalidDataException($"Wire type {tag & 7} of field {field} is not expected here.");
        }
    }

    private ulong ReadVarint()
    {
        ulong value = 0;

        for (var shift = 0; ; shift += 7)
        {
            var part = _bytes[_position++];
            value |= (ulong)(part & 0x7f) << shift;

            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
