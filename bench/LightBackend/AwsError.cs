using System.Buffers;
using System.Text.Json;
using Waybill.LightBackend.DynamoDb;

namespace Waybill.LightBackend;

/// <summary>An error as AWS answers it.</summary>
/// <param name="shape">The error's name with its namespace, by which the client picks its exception.</param>
/// <param name="item">The item that a condition failed on, where it was asked for.</param>
internal sealed class AwsError(string shape, string message, Item? item = null) : Exception(message)
{
    public void Write(IBufferWriter<byte> answer)
    {
        using var json = new Utf8JsonWriter(answer);

        json.WriteStartObject();
        json.WriteString("__type", shape);
        json.WriteString("message", Message);

        if (item is not null)
        {
            json.WritePropertyName("Item");
            ItemJson.Write(json, item);
        }

        json.WriteEndObject();
    }
}
