using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Amazon.SQS.Model;

namespace Amazon.SQS.Internal;

/// <summary>
/// MD5 as the SQS developer guide prescribes it ("Calculating the MD5 message digest for message attributes"): a checksum against
/// damage in transit, no protection.
/// </summary>
internal static class Md5
{
    private const byte StringType = 1;
    private const byte BinaryType = 2;

    internal static void Check(string messageId, string body, string expected)
    {
        if (string.IsNullOrEmpty(body) || string.IsNullOrEmpty(expected))
        {
            return;
        }

        Check(messageId, MD5.HashData(Encoding.UTF8.GetBytes(body)), expected);
    }

    internal static void Check(string messageId, Dictionary<string, MessageAttributeValue> attributes, string expected)
    {
        if (attributes is not { Count: > 0 } || string.IsNullOrEmpty(expected))
        {
            return;
        }

        Check(messageId, Hash(attributes), expected);
    }

    private static void Check(string messageId, byte[] actual, string expected)
    {
        if (!string.Equals(Convert.ToHexString(actual), expected, StringComparison.OrdinalIgnoreCase))
        {
            throw new AmazonSQSException($"MD5 hash mismatch for message id {messageId}");
        }
    }

    private static byte[] Hash(Dictionary<string, MessageAttributeValue> attributes)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);

        foreach (var (name, attribute) in attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal))
        {
            var isText = attribute.StringValue is not null;

            Append(md5, Encoding.UTF8.GetBytes(name));
            Append(md5, Encoding.UTF8.GetBytes(attribute.DataType));
            md5.AppendData([isText ? StringType : BinaryType]);
            Append(md5, isText ? Encoding.UTF8.GetBytes(attribute.StringValue) : attribute.BinaryValue?.ToArray() ?? []);
        }

        return md5.GetHashAndReset();
    }

    private static void Append(IncrementalHash md5, byte[] data)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);

        md5.AppendData(length);
        md5.AppendData(data);
    }
}
