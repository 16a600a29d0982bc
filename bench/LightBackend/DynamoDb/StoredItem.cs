using System.Buffers;
using System.Text.Json;

namespace Waybill.LightBackend.DynamoDb;

/// <summary>
/// An item as it is kept: its JSON, a tenth of what its attribute values would take in memory. So millions fit, and an answer with it is a copy.
/// </summary>
/// <param name="Size">As DynamoDB counts it, in bytes.</param>
internal sealed record StoredItem(byte[] Json, int Size)
{
    public static StoredItem Of(Item item)
    {
        var json = new ArrayBufferWriter<byte>(1024);

        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { SkipValidation = true }))
        {
            ItemJson.Write(writer, item);
        }

        return new StoredItem(json.WrittenSpan.ToArray(), ItemSize.Of(item));
    }

    public Item Read()
    {
        using var document = JsonDocument.Parse(Json);
        return ItemJson.Read(document.RootElement);
    }

    public void Write(Utf8JsonWriter json) => json.WriteRawValue(Json, skipInputValidation: true);
}
