using System.Net;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;

namespace Waybill.StatusService.Store;

/// <summary>
/// Lets a failed condition reach the SDK as an answer. The SDK makes an exception of it and throws that through a dozen layers,
/// which costs more than the call itself; and under load each notification meets one, when its worker is faster than the write of
/// QUEUED. The answer has the status <see cref="Refused"/>, which DynamoDB never sends, and the item that refused it as its attributes.
/// </summary>
internal sealed class RefusalHandler(HttpMessageHandler next) : DelegatingHandler(next)
{
    public const HttpStatusCode Refused = HttpStatusCode.NonAuthoritativeInformation;

    private static ReadOnlySpan<byte> Type => "__type"u8;

    private static ReadOnlySpan<byte> Item => "Item"u8;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);

        if (response.StatusCode != HttpStatusCode.BadRequest)
        {
            return response;
        }

        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var attributes = AttributesOf(body);
        var content = new ByteArrayContent(attributes ?? body);

        foreach (var (name, values) in response.Content.Headers.NonValidated)
        {
            if (name != "Content-Length")
            {
                content.Headers.TryAddWithoutValidation(name, values);
            }
        }

        response.Content.Dispose();
        response.Content = content;

        if (attributes is not null)
        {
            response.StatusCode = Refused;
            response.Headers.Remove("x-amz-crc32");
        }

        return response;
    }

    /// <returns>The item in the form of a write's answer; null when the body tells of something else.</returns>
    private static byte[]? AttributesOf(byte[] body)
    {
        try
        {
            return Read(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[]? Read(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        var isRefusal = false;
        ReadOnlySpan<byte> item = "{}"u8;

        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals(Type);
            var isItem = reader.ValueTextEquals(Item);
            reader.Read();

            if (isType)
            {
                isRefusal = reader.GetString()?.EndsWith(nameof(ConditionalCheckFailedException), StringComparison.Ordinal) == true;
            }

            var start = (int)reader.TokenStartIndex;
            reader.Skip();

            if (isItem)
            {
                item = body[start..(int)reader.BytesConsumed];
            }
        }

        return isRefusal ? [.. "{\"Attributes\":"u8, .. item, .. "}"u8] : null;
    }
}
